package io.physiowave.gateway.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.physiowave.core.frame.SignalFrame;
import io.physiowave.gateway.testing.FrameTopic;
import io.physiowave.gateway.testing.Repository;
import io.physiowave.gateway.testing.TestKafka;
import io.physiowave.gateway.testing.Web;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
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
    gateway = Gateway.start(GatewayOptions.local(0, KAFKA.broker().bootstrapServers()));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static String example(String language) throws IOException {
    String page = Files.readString(Repository.root().resolve("docs/devices.md"));
    Matcher block = Pattern.compile("```" + language + "\\R(.*?)```", Pattern.DOTALL).matcher(page);
    assertThat(block.find()).as("an example in " + language).isTrue();
    return block.group(1).replace("localhost:8090", "localhost:" + gateway.server().port());
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
    assumeThat(
            isThere(
                "node",
                "--experimental-websocket",
                "-e",
                "new WebSocket('ws://localhost:9').onerror = () => 0"))
        .as("a node with WebSocket is installed")
        .isTrue();
    Path script = Files.writeString(directory.resolve("device.js"), example("javascript"));
    Process node =
        new ProcessBuilder("node", "--experimental-websocket", script.toString())
            .inheritIO()
            .start();
    try (FrameTopic topic = KAFKA.topic()) {
      assertThat(FrameTopic.frames(topic.await("wearable-10", 3)))
          .extracting(SignalFrame::firstSampleIndex)
          .startsWith(0L, 25L, 50L);
    } finally {
      node.destroy();
      assertThat(node.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
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
