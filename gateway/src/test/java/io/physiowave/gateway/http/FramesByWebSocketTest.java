package io.physiowave.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.physiowave.core.frame.SignalFrame;
import io.physiowave.gateway.run.Gateway;
import io.physiowave.gateway.run.GatewayOptions;
import io.physiowave.gateway.testing.DeviceSocket;
import io.physiowave.gateway.testing.FrameTopic;
import io.physiowave.gateway.testing.ReadyGateway;
import io.physiowave.gateway.testing.TestFrames;
import io.physiowave.gateway.testing.TestKafka;
import io.physiowave.gateway.testing.Web;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Frames by WebSocket into a real broker. */
class FramesByWebSocketTest {
  @RegisterExtension static final TestKafka KAFKA = new TestKafka();

  private static Gateway gateway;

  @BeforeAll
  static void start() {
    gateway = ReadyGateway.start(GatewayOptions.local(0, KAFKA.broker().bootstrapServers()));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static DeviceSocket connect(String... headers) {
    return DeviceSocket.connect(gateway.server().port(), headers);
  }

  @Test
  void everyMessageIsAnsweredInOrder() throws Exception {
    DeviceSocket device = connect();
    List<String> expected = new ArrayList<>();
    for (int number = 0; number < 300; number++) {
      if (number % 3 == 0) {
        device.send(TestFrames.json("socket", number).toString()).join();
      } else {
        device.send(TestFrames.protobuf("socket", number)).join();
      }
      expected.add(TestFrames.accepted("socket", number));
    }

    assertThat(device.answers(300)).isEqualTo(expected);
    try (FrameTopic topic = KAFKA.topic()) {
      assertThat(FrameTopic.frames(topic.await("socket", 300)))
          .extracting(SignalFrame::firstSampleIndex)
          .isEqualTo(LongStream.range(0, 300).map(n -> 2 * n).boxed().toList());
    }
    device.abort();
  }

  @Test
  void aRefusedFrameIsAnsweredInItsPlaceAndTheNextIsTaken() throws Exception {
    DeviceSocket device = connect();
    device.send(TestFrames.protobuf("between", 0)).join();
    device.send(new byte[] {1, 2, 3}).join();
    device.send("{\"unit\": 3}").join();
    device.send(TestFrames.protobuf("between", 1)).join();

    List<String> answers = device.answers(4);

    assertThat(answers.get(0)).isEqualTo(TestFrames.accepted("between", 0));
    assertThat(answers.get(1))
        .startsWith(
            "{\"refused\":{\"code\":\"invalid\",\"reason\":\"the 3 bytes are not a protobuf");
    assertThat(answers.get(2))
        .isEqualTo(
            "{\"refused\":{\"code\":\"invalid\",\"reason\":\"unit is 3; expected a text\"}}");
    assertThat(answers.get(3)).isEqualTo(TestFrames.accepted("between", 1));
    device.abort();
  }

  @Test
  void aLongFrameArrivesInParts() throws Exception {
    DeviceSocket device = connect();
    StringBuilder json = new StringBuilder(TestFrames.json("long", 0).toString());
    json.insert(json.indexOf("[[") + 2, "1.5,".repeat(50_000));
    json.insert(json.indexOf("],[") + 3, "1.5,".repeat(50_000));

    device.send(json.toString()).join();

    assertThat(device.answers(1).get(0)).isEqualTo(TestFrames.accepted("long", 0));
    device.abort();
  }

  @Test
  void aMessageThatIsTooLongEndsTheConnection() {
    DeviceSocket device = connect();

    assertThat(device.send(new byte[1_000_001]).handle((sent, cutOff) -> true))
        .succeedsWithin(3, TimeUnit.MINUTES);

    assertThat(device.closed()).succeedsWithin(3, TimeUnit.MINUTES).isEqualTo(4009);
  }

  @Test
  void aPingIsAnswered() {
    DeviceSocket device = connect();

    assertThat(device.ping()).succeedsWithin(3, TimeUnit.MINUTES);
    device.abort();
  }

  @Test
  void devicesThatAreGoneAreNotCounted() {
    DeviceSocket device = connect();
    await().atMost(Duration.ofMinutes(3)).until(() -> sockets() > 0);
    device.abort();
    await().atMost(Duration.ofMinutes(3)).until(() -> sockets() == 0);
  }

  private static int sockets() throws Exception {
    String report = Web.get(gateway.server().address() + "/healthz").body();
    return Integer.parseInt(report.replaceAll(".*\"sockets\":(\\d+).*", "$1"));
  }
}
