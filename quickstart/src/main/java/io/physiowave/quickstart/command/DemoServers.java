package io.physiowave.quickstart.command;

import io.physiowave.connectors.kafka.TopicCreation;
import io.physiowave.dashboard.server.DashboardOptions;
import io.physiowave.dashboard.server.DashboardServer;
import io.physiowave.quickstart.embedded.EmbeddedBroker;
import io.physiowave.quickstart.embedded.EmbeddedFlink;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The broker with its topics, the Flink cluster and the live page, started side by side. */
final class DemoServers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DemoServers.class);

  private final CompletableFuture<EmbeddedBroker> broker;
  private final CompletableFuture<EmbeddedFlink> flink;
  private final CompletableFuture<DashboardServer> page;

  private DemoServers(Ports ports, int partitions, int slots) {
    broker =
        CompletableFuture.supplyAsync(
            () -> {
              EmbeddedBroker started = EmbeddedBroker.start(ports.kafka());
              TopicCreation.createAll(started.bootstrapServers(), partitions, 1);
              return started;
            });
    flink = CompletableFuture.supplyAsync(() -> EmbeddedFlink.start(ports.flink(), slots));
    page =
        CompletableFuture.supplyAsync(
            () ->
                DashboardServer.start(
                    DashboardOptions.local(ports.page(), "localhost:" + ports.kafka())));
  }

  /**
   * Starts all three and returns when all are up; when one fails, the others are stopped.
   *
   * @param ports none of them 0
   * @param partitions of the topics keyed by stream
   * @param slots of the Flink cluster
   */
  static DemoServers start(Ports ports, int partitions, int slots) {
    DemoServers servers = new DemoServers(ports, partitions, slots);
    try {
      CompletableFuture.allOf(servers.broker, servers.flink, servers.page).join();
      return servers;
    } catch (CompletionException e) {
      servers.close();
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  EmbeddedBroker broker() {
    return broker.join();
  }

  EmbeddedFlink flink() {
    return flink.join();
  }

  DashboardServer page() {
    return page.join();
  }

  /** Stops what is up, each whatever becomes of the others. */
  @Override
  public void close() {
    stop(page);
    stop(flink);
    stop(broker);
  }

  private static void stop(CompletableFuture<? extends AutoCloseable> server) {
    try {
      server.join().close();
    } catch (CompletionException e) {
      LOG.debug("a server that did not start needs no stopping", e);
    } catch (Exception e) {
      LOG.warn("a server did not stop cleanly", e);
    }
  }
}
