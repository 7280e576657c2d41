package io.physiowave.streaming.testing;

import io.physiowave.testing.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.util.FileUtils;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * One broker and one Flink cluster of three task managers with a slot each, for all integration
 * tests of a process: started by the first that asks, stopped after the last test.
 */
public final class TestPlatform implements BeforeAllCallback, AfterAllCallback {
  private final Map<String, String> settings;
  private Running running;
  private TestCluster own;

  /** The cluster that all share. */
  public TestPlatform() {
    this(Map.of());
  }

  /** A cluster for this test alone, with further settings of Flink, beside the broker of all. */
  public TestPlatform(Map<String, String> settings) {
    this.settings = settings;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    running =
        context
            .getRoot()
            .getStore(Namespace.create(TestPlatform.class))
            .getOrComputeIfAbsent(Running.class, type -> new Running(), Running.class);
    if (!settings.isEmpty()) {
      own = TestCluster.start(3, 1, settings);
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (own != null) {
      own.close();
    }
  }

  /** The broker. */
  public TestBroker broker() {
    return running.broker;
  }

  /** The cluster. */
  public TestCluster cluster() {
    return own == null ? running.cluster : own;
  }

  private static final class Running implements AutoCloseable {
    private final Path storage;
    private final TestBroker broker;
    private final TestCluster cluster;

    Running() {
      try {
        storage = Files.createTempDirectory("kafka");
        broker = TestBroker.start(storage, true);
        cluster = TestCluster.start(3, 1);
      } catch (Exception e) {
        throw new IllegalStateException("broker and cluster do not start", e);
      }
    }

    @Override
    public void close() throws IOException {
      cluster.close();
      broker.close();
      FileUtils.deleteDirectory(storage.toFile());
    }
  }
}
