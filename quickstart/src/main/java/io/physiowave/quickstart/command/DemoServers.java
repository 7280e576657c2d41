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

/**
 * The broker with its topics, the Flink cluster and the live page, started side by side in the
 * background.
 */
final class DemoServers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DemoServers.class);

  private final CompletableFuture<EmbeddedBroker> broker;
  private final CompletableFuture<EmbeddedFlink> flink;
  private final CompletableFuture<DashboardServer> page;

  /**
   * Begins to start all three.
   *
   * @param ports none of them 0
   * @param partitions of the topics keyed by stream
   * @param slots of the Flink cluster
   */
  DemoServers(Ports ports, int partitions, int slots) {
    flink = CompletableFuture.supplyAsync(() -> EmbeddedFlink.start(ports.flink(), slots));
    broker = CompletableFuture.supplyAsync(() -> brokerWithTopics(ports.kafka(), partitions));
    page =
        broker.thenApplyAsync(
            started ->
                DashboardServer.start(
                    DashboardOptions.local(ports.page(), started.bootstrapServers())));
  }

  private static EmbeddedBroker brokerWithTopics(int port, int partitions) {
    EmbeddedBroker broker = EmbeddedBroker.start(port);
    try {
      TopicCreation.createAll(broker.bootstrapServers(), partitions, 1);
      return broker;
    } catch (RuntimeException e) {
      broker.close();
      throw e;
    }
  }

  /** Waits for one of them; a failure comes out as what it is. */
  private static <T> T await(CompletableFuture<T> server) {
    try {
      return server.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** The broker, when it accepts clients and has the topics. */
  EmbeddedBroker broker() {
    return await(broker);
  }

  /** The Flink cluster, when it takes jobs. */
  EmbeddedFlink flink() {
    return await(flink);
  }

  /** The page, when it can be fetched. */
  DashboardServer page() {
    return await(page);
  }

  /** Stops all of them, each whatever becomes of the others. */
  @Override
  public void close() {
    stop(page);
    stop(flink);
    stop(broker);
  }

  private static void stop(CompletableFuture<? extends AutoCloseable> server) {
    long start = System.nanoTime();
    try {
      AutoCloseable running = server.join();
      running.close();
      LOG.info(
          "stopped {} in {} ms",
          running.getClass().getSimpleName(),
          (System.nanoTime() - start) / 1_000_000);
    } catch (CompletionException e) {
      LOG.debug("a server that did not start needs no stopping", e);
    } catch (Exception e) {
      LOG.warn("a server did not stop cleanly", e);
    }
  }
}
