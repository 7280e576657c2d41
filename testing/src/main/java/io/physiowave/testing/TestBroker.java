package io.physiowave.testing;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** A real Kafka broker in this JVM, restartable on the same port and storage, for tests. */
public final class TestBroker implements AutoCloseable {
  private final Path storage;
  private final int port;
  private final int controllerPort;
  private final boolean createsTopics;
  private KafkaRaftServer server;

  private TestBroker(Path storage, int port, int controllerPort, boolean createsTopics) {
    this.createsTopics = createsTopics;
    this.storage = storage;
    this.port = port;
    this.controllerPort = controllerPort;
  }

  /** Formats an empty directory and starts a broker on it, which creates no topics by itself. */
  public static TestBroker start(Path storage) throws Exception {
    return start(storage, false);
  }

  /** The same, which creates topics by itself or not. */
  public static TestBroker start(Path storage, boolean createsTopics) throws Exception {
    new Formatter()
        .setNodeId(1)
        .setClusterId("dGVzdC1vZi1waHlzaW93YQ")
        .addDirectory(storage.toString())
        .setMetadataLogDirectory(storage.toString())
        .setControllerListenerName("CONTROLLER")
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .run();
    TestBroker broker = new TestBroker(storage, FreePort.any(), FreePort.any(), createsTopics);
    broker.startUp();
    return broker;
  }

  /** Starts it again after {@link #shutDown}. */
  public void startUp() {
    server =
        new KafkaRaftServer(
            new KafkaConfig(
                Map.ofEntries(
                    Map.entry("process.roles", "broker,controller"),
                    Map.entry("node.id", "1"),
                    Map.entry(
                        "listeners",
                        "PLAINTEXT://localhost:"
                            + port
                            + ",CONTROLLER://localhost:"
                            + controllerPort),
                    Map.entry("advertised.listeners", "PLAINTEXT://" + bootstrapServers()),
                    Map.entry("controller.listener.names", "CONTROLLER"),
                    Map.entry(
                        "listener.security.protocol.map",
                        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                    Map.entry("controller.quorum.voters", "1@localhost:" + controllerPort),
                    Map.entry("auto.create.topics.enable", Boolean.toString(createsTopics)),
                    Map.entry("log.dirs", storage.toString()),
                    Map.entry("offsets.topic.replication.factor", "1"),
                    Map.entry("offsets.topic.num.partitions", "1"),
                    Map.entry("transaction.state.log.replication.factor", "1"),
                    Map.entry("transaction.state.log.min.isr", "1"),
                    Map.entry("transaction.state.log.num.partitions", "1"),
                    Map.entry("group.initial.rebalance.delay.ms", "0"),
                    Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
                    // A loaded machine may starve the heartbeats, and no other broker could take
                    // over.
                    Map.entry("broker.session.timeout.ms", "60000"),
                    Map.entry("num.network.threads", "1"),
                    Map.entry("num.io.threads", "2")),
                false),
            Time.SYSTEM);
    server.startup();
  }

  /** Stops it and keeps its storage. */
  public void shutDown() {
    server.shutdown();
    server.awaitShutdown();
  }

  /** What clients take. */
  public String bootstrapServers() {
    return "localhost:" + port;
  }

  @Override
  public void close() {
    shutDown();
  }
}
