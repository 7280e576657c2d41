/** First station: Kafka records become signal frames, or are rejected with a reason. */
package io.physiowave.streaming.decode;
