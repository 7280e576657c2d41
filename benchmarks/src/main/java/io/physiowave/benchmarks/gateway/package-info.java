/** What one gateway carries: frames from many devices, labels to many listeners. */
package io.physiowave.benchmarks.gateway;
