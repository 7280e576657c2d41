/** {@code physiowave job}. */
package io.physiowave.streaming.command;
