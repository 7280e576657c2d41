package io.physiowave.gateway.testing;

import io.physiowave.testing.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** One broker for all tests of a process, with the topic of frames. */
public final class TestKafka implements BeforeAllCallback {
  private Running running;

  @Override
  public void beforeAll(ExtensionContext context) {
    running =
        context
            .getRoot()
            .getStore(Namespace.create(TestKafka.class))
            .getOrComputeIfAbsent(Running.class, type -> new Running(), Running.class);
  }

  /** The broker, which runs unless a test has stopped it. */
  public TestBroker broker() {
    return running.broker;
  }

  /** The topic of frames, from its beginning. */
  public FrameTopic topic() {
    return new FrameTopic(running.broker);
  }

  private static final class Running implements AutoCloseable {
    private final Path storage;
    private final TestBroker broker;

    Running() {
      try {
        storage = Files.createTempDirectory("kafka");
        broker = TestBroker.start(storage);
        new FrameTopic(broker).close();
      } catch (Exception e) {
        throw new IllegalStateException("the broker does not start", e);
      }
    }

    @Override
    public void close() throws IOException {
      broker.close();
      try (Stream<Path> files = Files.walk(storage)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
  }
}
