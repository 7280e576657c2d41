package io.physiowave.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.frame.SignalFrame;
import io.physiowave.testing.TestBroker;
import java.io.ByteArrayOutputStream;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in Java of docs/devices.md, as it stands there; gateway tests the others. */
class DevicesPageTest {
  @TempDir private Path directory;

  private static String example(String language) throws Exception {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(root.resolve(".mvn"))) {
      root = root.getParent();
    }
    String page = Files.readString(root.resolve("docs/devices.md"));
    Matcher block = Pattern.compile("```" + language + "\\R(.*?)```", Pattern.DOTALL).matcher(page);
    assertThat(block.find()).as("an example in " + language).isTrue();
    return block.group(1);
  }

  @Test
  void theDeviceInJavaCompilesAndItsFramesArrive() throws Exception {
    Path source = Files.writeString(directory.resolve("Device.java"), example("java"));
    ByteArrayOutputStream complaints = new ByteArrayOutputStream();
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, complaints, "-proc:none", "-d", "" + directory, "" + source);
    assertThat(compiled).as(complaints.toString(StandardCharsets.UTF_8)).isZero();
    try (TestBroker broker = TestBroker.start(directory.resolve("kafka"));
        URLClassLoader classes =
            new URLClassLoader(new java.net.URL[] {directory.toUri().toURL()})) {
      TopicCreation.create(broker.bootstrapServers(), List.of(SignalTopic.FRAMES), 1, 1);
      String[] arguments = {broker.bootstrapServers()};
      classes
          .loadClass("Device")
          .getMethod("main", String[].class)
          .invoke(null, (Object) arguments);

      List<SignalFrame> frames = frames(broker.bootstrapServers());
      assertThat(frames).hasSize(100).allMatch(frame -> frame.streamId().equals("wearable-7"));
      assertThat(frames.get(99).firstSampleIndex()).isEqualTo(99 * 25);
    }
  }

  private static List<SignalFrame> frames(String bootstrapServers) {
    List<SignalFrame> frames = new ArrayList<>();
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", bootstrapServers,
            "group.id", "devices-page",
            "auto.offset.reset", "earliest");
    Instant deadline = Instant.now().plusSeconds(180);
    try (KafkaConsumer<String, SignalFrame> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new SignalFrameDeserializer())) {
      consumer.subscribe(List.of(SignalTopic.FRAMES.topicName()));
      while (frames.stream().noneMatch(SignalFrame::endOfSession)) {
        assertThat(Instant.now()).as("the session ends").isBefore(deadline);
        consumer.poll(Duration.ofSeconds(1)).forEach(record -> frames.add(record.value()));
      }
    }
    return frames;
  }
}
