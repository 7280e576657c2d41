/** Episodes made of several labels, their onsets and offsets, with the codec and the identity. */
package io.physiowave.core.event;
