/** What measurements send: simulated signals as frames of many streams, and what must follow. */
package io.physiowave.benchmarks.load;
