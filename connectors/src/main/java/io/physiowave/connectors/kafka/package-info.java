/** Frames and labels as Kafka records: topics, their creation, serialisers, producer settings. */
package io.physiowave.connectors.kafka;
