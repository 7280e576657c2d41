package io.physiowave.cluster.flink;

/**
 * Where a JobManager listens, on loopback.
 *
 * @param rest web interface and REST API
 * @param rpc what TaskManagers call
 */
public record FlinkPorts(int rest, int rpc) {}
