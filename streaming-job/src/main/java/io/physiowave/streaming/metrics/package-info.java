/** Shapes of metrics that Flink does not have and several stations share. */
package io.physiowave.streaming.metrics;
