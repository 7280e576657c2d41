package io.physiowave.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.physiowave.cluster.layout.ClusterFolder;
import io.physiowave.cluster.process.ProcessState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster whose simulated device gave up while its broker was away. */
class RepairTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String DEVICE = ClusterPlan.gateway(1);

  @TempDir private Path directory;
  private HttpServer flink;
  private LocalCluster cluster;

  /** Flink stands by with all slots; only the broker is away. */
  @BeforeEach
  void lieDown() throws IOException {
    flink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    flink.createContext(
        "/",
        exchange -> {
          byte[] slots = "{\"slots-total\":1}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, slots.length);
          exchange.getResponseBody().write(slots);
          exchange.close();
        });
    flink.start();
    ClusterPlan.Ports any = ClusterPlan.Ports.anyFree(1);
    cluster =
        new LocalCluster(
            new ClusterFolder(directory.resolve("a cluster")),
            new ClusterPlan(
                1,
                1,
                384,
                1,
                List.of(),
                new ClusterPlan.Ports(
                    any.kafka(),
                    any.controller(),
                    flink.getAddress().getPort(),
                    any.flinkRpc(),
                    any.page(),
                    0,
                    any.zooKeeper(),
                    any.metrics())));
    cluster.restart(DEVICE);
    cluster.processes().kill(DEVICE);
    assertThat(cluster.processes().state(DEVICE).condition())
        .isEqualTo(ProcessState.Condition.CRASHED);
  }

  @AfterEach
  void takeDown() {
    cluster.stop();
    flink.stop(0);
  }

  @Test
  void the_device_comes_back_with_the_broker() {
    cluster.start(List.of(ClusterPlan.BROKER));

    await().atMost(PATIENCE).until(() -> cluster.processes().isUp(DEVICE));
    assertThat(cluster.processes().isUp(ClusterPlan.BROKER)).isTrue();
  }
}
