/** What measurements run on: broker and Flink in this process, topics, and one run of a job. */
package io.physiowave.benchmarks.platform;
