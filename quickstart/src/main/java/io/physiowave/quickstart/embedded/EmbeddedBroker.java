package io.physiowave.quickstart.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A real Kafka broker (KRaft, broker and controller in one) in this JVM, on loopback, with its
 * storage in a temporary directory or in one that stays.
 *
 * <p>Its threads are not daemons: a program that fails after starting one must close it or exit.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final int NODE = 1;

  /** 16 bytes in base64, as Kafka wants it; fixed, since the storage is never shared. */
  private static final String CLUSTER_ID = "cGh5c2lvd2F2ZS1zdHJlYQ";

  private final int port;
  private final Path storage;
  private final KafkaRaftServer server;
  private final Runnable cleaning;

  private EmbeddedBroker(int port, Path storage, KafkaRaftServer server, Runnable cleaning) {
    this.port = port;
    this.storage = storage;
    this.server = server;
    this.cleaning = cleaning;
  }

  /**
   * Starts a broker and returns when it accepts clients.
   *
   * @param port 1 to 65535, or 0 for any free one
   * @throws PortTakenException when another program holds the port
   * @throws IllegalStateException when the broker does not come up
   */
  public static EmbeddedBroker start(int port) {
    int brokerPort = LoopbackPort.claim(port, "the Kafka broker", "--kafka-port");
    int controllerPort = LoopbackPort.claim(0, "the Kafka controller", "--kafka-port");
    TemporaryDirectory storage = TemporaryDirectory.create("physiowave-kafka-");
    return start(brokerPort, controllerPort, storage.path(), storage::close);
  }

  /**
   * Starts a broker on storage that outlives it, formatting the storage when it is new.
   *
   * @param port of the broker, 1 to 65535
   * @param controllerPort of its controller, which no client uses, 1 to 65535
   * @param storage a directory that only this broker uses; made when it is missing
   * @throws IllegalStateException when the broker does not come up
   */
  public static EmbeddedBroker startOn(int port, int controllerPort, Path storage) {
    return start(port, controllerPort, storage, () -> {});
  }

  private static EmbeddedBroker start(
      int port, int controllerPort, Path storage, Runnable cleaning) {
    KafkaRaftServer server = null;
    try {
      format(storage);
      server =
          new KafkaRaftServer(
              new KafkaConfig(settings(port, controllerPort, storage), false), Time.SYSTEM);
      server.startup();
      return new EmbeddedBroker(port, storage, server, cleaning);
    } catch (Exception e) {
      stop(server);
      cleaning.run();
      throw new IllegalStateException(
          "the embedded Kafka broker did not start on port " + port + ": " + e.getMessage(), e);
    }
  }

  private static void format(Path storage) throws Exception {
    new Formatter()
        .setNodeId(NODE)
        .setClusterId(CLUSTER_ID)
        .addDirectory(storage.toString())
        .setMetadataLogDirectory(storage.toString())
        .setControllerListenerName("CONTROLLER")
        .setIgnoreFormatted(true)
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .run();
  }

  private static Map<String, String> settings(int port, int controllerPort, Path storage) {
    Map<String, String> settings = new HashMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE));
    settings.put(
        "listeners", "PLAINTEXT://localhost:" + port + ",CONTROLLER://localhost:" + controllerPort);
    settings.put("advertised.listeners", "PLAINTEXT://localhost:" + port);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("controller.quorum.voters", NODE + "@localhost:" + controllerPort);
    settings.put("log.dirs", storage.toString());
    // One broker: its own topics cannot be replicated, and a group need not wait for members.
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("transaction.state.log.num.partitions", "1");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("auto.create.topics.enable", "false");
    // Latency is counted from the broker's clock, never a device's.
    settings.put("log.message.timestamp.type", "LogAppendTime");
    // Runs for hours on a laptop: half an hour of signals at most, and a small cleaner.
    settings.put("log.retention.minutes", "30");
    settings.put("log.segment.bytes", "33554432");
    settings.put("log.retention.check.interval.ms", "60000");
    settings.put("log.cleaner.dedupe.buffer.size", "4194304");
    // There is no other broker to hand anything over to.
    settings.put("controlled.shutdown.enable", "false");
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "2");
    return settings;
  }

  private static void stop(KafkaRaftServer server) {
    if (server != null) {
      server.shutdown();
      server.awaitShutdown();
    }
  }

  Path storage() {
    return storage;
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  /** What a client's {@code bootstrap.servers} takes. */
  public String bootstrapServers() {
    return "localhost:" + port;
  }

  /** Stops the broker and deletes its storage if that was temporary. */
  @Override
  public void close() {
    try {
      stop(server);
    } finally {
      cleaning.run();
    }
  }
}
