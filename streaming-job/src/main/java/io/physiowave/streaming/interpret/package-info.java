/** What labels in a row mean: onsets and offsets of episodes, and rhythm. */
package io.physiowave.streaming.interpret;
