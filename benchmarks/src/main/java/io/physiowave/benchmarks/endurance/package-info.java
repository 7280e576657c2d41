/** What a cluster of real processes holds on to over time: memory, native memory, files. */
package io.physiowave.benchmarks.endurance;
