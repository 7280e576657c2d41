package io.physiowave.gateway.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.physiowave.connectors.kafka.SignalTopic;
import io.physiowave.connectors.kafka.TopicCreation;
import io.physiowave.core.event.SignalEventCodec;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.label.LabelEventCodec;
import io.physiowave.gateway.testing.FrameTopic;
import io.physiowave.gateway.testing.ReadyGateway;
import io.physiowave.gateway.testing.Repository;
import io.physiowave.gateway.testing.TestKafka;
import io.physiowave.gateway.testing.TestLabels;
import io.physiowave.gateway.testing.Web;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/devices.md that need a gateway, as they stand there but for the port. */
class DevicesPageTest {
  @RegisterExtension static final TestKafka KAFKA = new TestKafka();

  private static Gateway gateway;

  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    TopicCreation.create(
        KAFKA.broker().bootstrapServers(), List.of(SignalTopic.LABELS, SignalTopic.EVENTS), 2, 1);
    gateway = ReadyGateway.start(GatewayOptions.local(0, KAFKA.broker().bootstrapServers()));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static String example(String language) throws IOException {
    return example(language, "");
  }

  /** The first example in a language that holds a word. */
  private static String example(String language, String word) throws IOException {
    String page = Files.readString(Repository.root().resolve("docs/devices.md"));
    return Pattern.compile("```" + language + "\\R(.*?)```", Pattern.DOTALL)
        .matcher(page)
        .results()
        .map(block -> block.group(1))
        .filter(text -> text.contains(word))
        .findFirst()
        .orElseThrow()
        .replace("localhost:8090", "localhost:" + gateway.server().port());
  }

  @Test
  void theFrameInJsonIsAccepted() throws Exception {
    assertThat(Web.postJson(gateway.server().address(), example("json")).body())
        .isEqualTo(
            "{\"accepted\":{\"stream\":\"wearable-9\",\"session\":\"1\",\"firstSampleIndex\":0}}");
  }

  @Test
  void curlSendsAFrame() throws Exception {
    assumeThat(isThere("curl", "--version")).as("curl is installed").isTrue();
    Process curl = new ProcessBuilder("sh", "-c", example("sh")).redirectErrorStream(true).start();

    assertThat(new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"accepted\":{\"stream\":\"wearable-9\",\"session\":\"1\",\"firstSampleIndex\":0}}");
  }

  @Test
  void javaScriptStreams() throws Exception {
    assumeNodeKnowsWebSockets();
    Process node = node(example("javascript"));
    try (FrameTopic topic = KAFKA.topic()) {
      assertThat(FrameTopic.frames(topic.await("wearable-10", 3)))
          .extracting(SignalFrame::firstSampleIndex)
          .startsWith(0L, 25L, 50L);
    } finally {
      end(node);
    }
  }

  @Test
  void javaScriptHearsLabels() throws Exception {
    assumeNodeKnowsWebSockets();
    byte[] label = LabelEventCodec.encode(TestLabels.label("wearable-10", 0, ""));
    Process node = node(example("javascript", "/v1/labels"));
    try {
      assertThat(firstLine(node, SignalTopic.LABELS, label)).isEqualTo("2 0.75");
    } finally {
      end(node);
    }
  }

  @Test
  void javaHearsEvents() throws Exception {
    Path source = Files.writeString(directory.resolve("Hand.java"), example("java", "class Hand"));
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process hand =
        new ProcessBuilder("" + java, "" + source, address(), "wearable-10")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    byte[] event = SignalEventCodec.encode(TestLabels.onset("wearable-10"));
    try {
      assertThat(SignalEventCodec.fromJson(firstLine(hand, SignalTopic.EVENTS, event)))
          .isEqualTo(TestLabels.onset("wearable-10"));
    } finally {
      end(hand);
    }
  }

  private static String address() {
    return "ws://localhost:" + gateway.server().port();
  }

  /** Says something again and again until the process has printed a line about it. */
  private static String firstLine(Process listener, SignalTopic topic, byte[] value)
      throws Exception {
    CompletableFuture<String> line =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return listener.inputReader(StandardCharsets.UTF_8).readLine();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    Instant end = Instant.now().plusSeconds(120);
    try (TestLabels labels = new TestLabels(KAFKA.broker())) {
      while (!isThere(line)) {
        assertThat(Instant.now()).as("a line of the example").isBefore(end);
        labels.say(topic.topicName(), "wearable-10", value);
      }
    }
    return line.get();
  }

  private static boolean isThere(CompletableFuture<String> line) throws Exception {
    try {
      return line.get(200, TimeUnit.MILLISECONDS) != null;
    } catch (TimeoutException e) {
      return false;
    }
  }

  private static void assumeNodeKnowsWebSockets() throws InterruptedException {
    assumeThat(
            isThere(
                "node",
                "--experimental-websocket",
                "-e",
                "new WebSocket('ws://localhost:9').onerror = () => 0"))
        .as("a node with WebSocket is installed")
        .isTrue();
  }

  private Process node(String script) throws IOException {
    Path file = Files.writeString(directory.resolve("device.js"), script);
    return new ProcessBuilder("node", "--experimental-websocket", "" + file)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void end(Process process) throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
  }

  private static boolean isThere(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
