/** Faults on a cluster of real processes, and the proof that no label is lost or doubled. */
package io.physiowave.benchmarks.chaos;
