package io.physiowave.gateway.mqtt;

import static io.physiowave.gateway.testing.ReadyGateway.awaitMqtt;
import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import io.physiowave.gateway.run.Gateway;
import io.physiowave.gateway.run.GatewayOptions;
import io.physiowave.gateway.testing.FrameTopic;
import io.physiowave.gateway.testing.MqttDevice;
import io.physiowave.gateway.testing.TestFrames;
import io.physiowave.gateway.testing.TestKafka;
import io.physiowave.gateway.testing.TestMqttBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** One device's messages that are no frames keep none of another's from being taken. */
class GarbageByMqttTest {
  @RegisterExtension static final TestKafka KAFKA = new TestKafka();

  /** With "physiowave/" before and "/frames" behind it as long as a topic may be. */
  private static final int LONGEST_STREAM = 65_517;

  @TempDir private static Path directory;
  private static TestMqttBroker mqtt;

  @BeforeAll
  static void start() throws Exception {
    mqtt = new TestMqttBroker(directory);
  }

  @AfterAll
  static void stop() {
    mqtt.close();
  }

  /** A gateway that the broker sends one message, and no other before that is acknowledged. */
  private static Gateway gateway(String clientId) {
    return Gateway.start(
        GatewayOptions.local(0, KAFKA.broker().bootstrapServers())
            .withMqtt(
                new MqttOptions(
                    mqtt.address(),
                    FrameTopics.DEFAULT,
                    clientId,
                    Optional.empty(),
                    Optional.empty(),
                    1,
                    MqttOptions.DEFAULT_SESSION_EXPIRY)));
  }

  @Test
  void aTextInAnEncodingThatItBreaksIsRefused() throws Exception {
    // JSON may be UTF-32, by its zeros, which then has a character beyond the last one.
    byte[] broken = {0, 0, 0, '{', 'a', 'a', 'a', 'a'};
    try (Gateway gateway = gateway("broken");
        FrameTopic topic = KAFKA.topic();
        MqttDevice device = new MqttDevice(mqtt.address(), "g-1")) {
      awaitMqtt(gateway);
      device.publish(broken, "application/json");
      device.publish(TestFrames.protobuf("g-1", 0), null);

      assertThat(topic.await("g-1", 1)).hasSize(1);
      assertThat(device.refusal()).contains("\"code\":\"invalid\"").contains("not JSON");
    }
  }

  @Test
  void aTextThatNestsTooDeepIsRefused() throws Exception {
    try (Gateway gateway = gateway("deep");
        FrameTopic topic = KAFKA.topic();
        MqttDevice device = new MqttDevice(mqtt.address(), "g-3")) {
      awaitMqtt(gateway);
      device.publish(
          "{\"streamId\":".repeat(2_000).getBytes(StandardCharsets.UTF_8), "application/json");
      device.publish(TestFrames.protobuf("g-3", 0), null);

      assertThat(topic.await("g-3", 1)).hasSize(1);
      assertThat(device.refusal()).contains("\"code\":\"invalid\"").contains("nesting depth");
    }
  }

  @Test
  void aRefusalThatHasNoTopicIsNotWaitedFor() throws Exception {
    try (Gateway gateway = gateway("long");
        FrameTopic topic = KAFKA.topic();
        MqttDevice device = new MqttDevice(mqtt.address(), "g-2")) {
      awaitMqtt(gateway);
      Mqtt5BlockingClient other =
          MqttClient.builder()
              .useMqttVersion5()
              .serverHost(mqtt.address().getHost())
              .serverPort(mqtt.address().getPort())
              .buildBlocking();
      other.connect();
      other
          .publishWith()
          .topic("physiowave/" + "x".repeat(LONGEST_STREAM) + "/frames")
          .qos(MqttQos.AT_LEAST_ONCE)
          .payload(TestFrames.protobuf("g-2", 0))
          .send();
      other.disconnect();
      device.publish(TestFrames.protobuf("g-2", 1), null);

      assertThat(topic.await("g-2", 1)).hasSize(1);
      assertThat(gateway.counters().refused()).containsOnlyKeys("forbidden");
    }
  }
}
