/** The Flink job: decode, assemble, infer, stabilise, emit. */
package io.physiowave.streaming;
