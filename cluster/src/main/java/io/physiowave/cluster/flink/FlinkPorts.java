package io.physiowave.cluster.flink;

import java.util.Map;

/**
 * Where Flink's processes listen, on loopback.
 *
 * @param rest web interface and REST API
 * @param rpc what TaskManagers call
 * @param zooKeeper what JobManager and TaskManagers ask who leads; 0 without high availability
 * @param metrics where each process shows its metrics, by the process's name
 */
public record FlinkPorts(int rest, int rpc, int zooKeeper, Map<String, Integer> metrics) {

  public FlinkPorts {
    metrics = Map.copyOf(metrics);
  }
}
