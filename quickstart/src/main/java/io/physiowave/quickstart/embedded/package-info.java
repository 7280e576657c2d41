/** A Kafka broker and a Flink cluster inside this JVM, on loopback only. */
package io.physiowave.quickstart.embedded;
