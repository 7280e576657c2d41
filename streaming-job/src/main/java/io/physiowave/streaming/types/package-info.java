/** What Flink must know of a record type: its serialiser and type information, without Kryo. */
package io.physiowave.streaming.types;
