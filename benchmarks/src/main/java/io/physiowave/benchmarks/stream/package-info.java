/** {@code bench stream}: windows a second through Kafka and Flink, beside the bare session. */
package io.physiowave.benchmarks.stream;
