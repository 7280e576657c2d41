/** Flink's processes without its distribution, and its REST API. */
package io.physiowave.cluster.flink;
