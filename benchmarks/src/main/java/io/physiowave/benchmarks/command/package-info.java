/** {@code physiowave bench}: measurements of the streaming job. */
package io.physiowave.benchmarks.command;
