/** {@code bench latency}: from the last sample in Kafka to the label in Kafka, under load. */
package io.physiowave.benchmarks.latency;
