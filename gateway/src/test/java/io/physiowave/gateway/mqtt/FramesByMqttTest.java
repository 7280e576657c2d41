package io.physiowave.gateway.mqtt;

import static io.physiowave.gateway.testing.ReadyGateway.awaitMqtt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.gateway.command.GatewayCommand;
import io.physiowave.gateway.run.Gateway;
import io.physiowave.gateway.run.GatewayOptions;
import io.physiowave.gateway.testing.FrameTopic;
import io.physiowave.gateway.testing.LogLines;
import io.physiowave.gateway.testing.MqttDevice;
import io.physiowave.gateway.testing.ReadyGateway;
import io.physiowave.gateway.testing.TestFrames;
import io.physiowave.gateway.testing.TestKafka;
import io.physiowave.gateway.testing.TestMqttBroker;
import io.physiowave.gateway.testing.Web;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Frames through a real broker of MQTT into a real broker of Kafka. */
class FramesByMqttTest {
  @RegisterExtension static final TestKafka KAFKA = new TestKafka();

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

  private static Gateway gateway(String clientId) {
    return Gateway.start(
        GatewayOptions.local(0, KAFKA.broker().bootstrapServers())
            .withMqtt(MqttOptions.plain(mqtt.address(), clientId)));
  }

  @Test
  void framesArriveAndRefusalsAreHeard() throws Exception {
    try (Gateway gateway = gateway("plain");
        FrameTopic topic = KAFKA.topic();
        MqttDevice device = new MqttDevice(mqtt.address(), "m-1")) {
      awaitMqtt(gateway);
      byte[] sent = TestFrames.protobuf("m-1", 0);
      device.publish(sent, null);
      device.publish(utf8(TestFrames.json("m-1", 1).toString()), null);
      device.publish(utf8(" " + TestFrames.json("m-1", 2)), "application/json");
      device.publish(utf8(TestFrames.json("m-1", 3).put("unit", "bar").toString()), null);
      device.publish(TestFrames.protobuf("another", 0), null);
      device.publish(new byte[0], null);

      assertThat(device.refusal())
          .isEqualTo(
              "{\"refused\":{\"code\":\"invalid\",\"reason\":\"unit is 'bar'; expected one of V,"
                  + " mV, uV\"}}");
      assertThat(device.refusal()).startsWith("{\"refused\":{\"code\":\"forbidden\"");
      assertThat(device.refusal()).contains("channels is empty");
      List<ConsumerRecord<String, byte[]>> records = topic.await("m-1", 3);
      assertThat(Arrays.copyOf(records.get(0).value(), sent.length)).isEqualTo(sent);
      assertThat(FrameTopic.frames(records))
          .extracting(SignalFrame::firstSampleIndex)
          .containsExactly(0L, 2L, 4L);
    }
  }

  @Test
  void aDeviceMaySpeakTheOlderMqtt() throws Exception {
    try (Gateway gateway = gateway("older");
        FrameTopic topic = KAFKA.topic()) {
      awaitMqtt(gateway);
      Mqtt3BlockingClient device =
          MqttClient.builder()
              .useMqttVersion3()
              .serverHost(mqtt.address().getHost())
              .serverPort(mqtt.address().getPort())
              .buildBlocking();
      device.connect();
      for (byte[] frame :
          List.of(TestFrames.protobuf("m-7", 0), utf8(TestFrames.json("m-7", 1).toString()))) {
        device
            .publishWith()
            .topic("physiowave/m-7/frames")
            .qos(MqttQos.AT_LEAST_ONCE)
            .payload(frame)
            .send();
      }
      device.disconnect();

      assertEachArrives(topic, "m-7", 2);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whatIsPublishedWhileNoGatewayIsThereWaits() throws Exception {
    try (Gateway gateway = gateway("away")) {
      awaitMqtt(gateway);
    }
    try (MqttDevice device = new MqttDevice(mqtt.address(), "m-2")) {
      for (int number = 0; number < 100; number++) {
        device.publish(TestFrames.protobuf("m-2", number), null);
      }
    }
    try (Gateway gateway = gateway("away");
        FrameTopic topic = KAFKA.topic()) {
      assertEachArrives(topic, "m-2", 100);
      assertThat(gateway.counters().refused()).isEmpty();
    }
  }

  @Test
  void whileKafkaIsAwayTheBrokerKeepsWhatTheWindowDoesNotHold() throws Exception {
    try (Gateway gateway = gateway("patient");
        FrameTopic topic = KAFKA.topic();
        MqttDevice device = new MqttDevice(mqtt.address(), "m-3")) {
      awaitMqtt(gateway);
      device.publish(TestFrames.protobuf("m-3", 0), null);
      topic.await("m-3", 1);
      KAFKA.broker().shutDown();
      try {
        for (int number = 1; number < 300; number++) {
          device.publish(TestFrames.protobuf("m-3", number), null);
        }
        await().atMost(Duration.ofMinutes(3)).until(() -> bytesWaiting(gateway) > 0);
        long full = MqttOptions.DEFAULT_WINDOW * (TestFrames.protobuf("m-3", 299).length + 200L);
        assertThat(bytesWaiting(gateway)).isLessThanOrEqualTo(full);
      } finally {
        KAFKA.broker().startUp();
      }

      assertEachArrives(topic, "m-3", 300);
    }
  }

  @Test
  void afterAnOutageLongerThanItsPatienceEachStreamIsStillInOrder() throws Exception {
    GatewayOptions hasty =
        GatewayOptions.local(0, KAFKA.broker().bootstrapServers())
            .withPatience(Duration.ofSeconds(3))
            .withMqtt(MqttOptions.plain(mqtt.address(), "hasty"));
    List<String> streams = List.of("m-5", "m-6");
    try (Gateway gateway = Gateway.start(hasty);
        FrameTopic topic = KAFKA.topic();
        MqttDevice first = new MqttDevice(mqtt.address(), streams.get(0));
        MqttDevice second = new MqttDevice(mqtt.address(), streams.get(1))) {
      awaitMqtt(gateway);
      publish(first, second, 0, 10);
      for (String stream : streams) {
        topic.await(stream, 10);
      }
      KAFKA.broker().shutDown();
      try {
        publish(first, second, 10, 20);
        await()
            .atMost(Duration.ofMinutes(3))
            .until(() -> gateway.counters().undelivered() >= streams.size());
        publish(first, second, 20, 60);
      } finally {
        KAFKA.broker().startUp();
      }
      publish(first, second, 60, 70);

      for (String stream : streams) {
        assertThat(
                FrameTopic.frames(topic.await(stream, found -> numbers(found).size() == 70))
                    .stream()
                    .map(SignalFrame::firstSampleIndex)
                    .distinct())
            .isEqualTo(IntStream.range(0, 70).mapToObj(number -> 2L * number).toList());
      }
    }
  }

  @Test
  void whatNobodyAcknowledgesFillsNoMemoryWhileKafkaIsAway() throws Exception {
    byte[] frame = Arrays.copyOf(TestFrames.protobuf("m-8", 0), 500_000);
    try (LogLines log = new LogLines(MqttBridge.class);
        Gateway gateway =
            Gateway.start(
                GatewayOptions.local(0, "localhost:1")
                    .withMqtt(MqttOptions.plain(mqtt.address(), "flooded")));
        MqttDevice device = new MqttDevice(mqtt.address(), "m-8")) {
      awaitMqtt(gateway);
      device.publishCarelessly(TestFrames.protobuf("m-8", 0));
      await()
          .atMost(Duration.ofMinutes(3))
          .until(
              () -> {
                device.publishCarelessly(frame);
                return log.sees("messages with QoS 0 are dropped, the first on physiowave/m-8");
              });
    }
  }

  private static void publish(MqttDevice first, MqttDevice second, int from, int to) {
    for (int number = from; number < to; number++) {
      first.publish(TestFrames.protobuf("m-5", number), null);
      second.publish(TestFrames.protobuf("m-6", number), null);
    }
  }

  private static Set<Long> numbers(List<ConsumerRecord<String, byte[]>> records) {
    return FrameTopic.frames(records).stream()
        .map(SignalFrame::firstSampleIndex)
        .collect(Collectors.toSet());
  }

  private static long bytesWaiting(Gateway gateway) throws Exception {
    String report = Web.get(gateway.server().address() + "/healthz").body();
    return Long.parseLong(report.replaceAll(".*\"bytesWaiting\":(\\d+).*", "$1"));
  }

  @Test
  void whatAKilledGatewayHadInHandGoesToTheNext() throws Exception {
    // It reaches no Kafka, so it acknowledges nothing.
    Process killed = gatewayProcess("localhost:1", mqtt.address());
    try (MqttDevice device = new MqttDevice(mqtt.address(), "m-4")) {
      String line = killed.inputReader().readLine();
      String health = line.replaceAll("Gateway (\\S+) into.*", "$1") + "/healthz";
      await()
          .atMost(Duration.ofMinutes(3))
          .until(() -> Web.get(health).body().contains("\"mqtt\":\"connected\""));
      for (int number = 0; number < 200; number++) {
        device.publish(TestFrames.protobuf("m-4", number), null);
      }
      await()
          .atMost(Duration.ofMinutes(3))
          .until(() -> Web.get(health).body().matches(".*\"framesUndelivered\":[1-9].*"));
      try (Gateway next = gateway("next");
          FrameTopic topic = KAFKA.topic()) {
        awaitMqtt(next);
        killed.destroyForcibly();
        assertThat(killed.waitFor(3, TimeUnit.MINUTES)).isTrue();

        assertEachArrives(topic, "m-4", 200);
      }
    } finally {
      killed.destroyForcibly();
    }
  }

  private static Process gatewayProcess(String kafka, URI mqtt) throws Exception {
    String classPath = System.getProperty("java.class.path");
    Path arguments = directory.resolve("gateway.args");
    Files.writeString(arguments, "-cp \"" + classPath.replace("\\", "\\\\") + "\"\n");
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "@" + arguments,
            GatewayCommand.class.getName(),
            "--port=0",
            "--bootstrap-servers=" + kafka,
            "--patience=2",
            "--mqtt=" + mqtt,
            "--mqtt-client-id=killed")
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static void assertEachArrives(FrameTopic topic, String stream, int count) {
    assertThat(numbers(topic.await(stream, found -> numbers(found).size() == count)))
        .isEqualTo(
            IntStream.range(0, count).mapToObj(number -> 2L * number).collect(Collectors.toSet()));
  }

  @Test
  void aBrokerThatIsNotThereIsSaidInTheHealth() throws Exception {
    MqttOptions nowhere =
        new MqttOptions(
            URI.create("mqtt://localhost:1"),
            FrameTopics.DEFAULT,
            "lost",
            Optional.of(new MqttLogin("user", "password")),
            Optional.empty(),
            1,
            MqttOptions.DEFAULT_SESSION_EXPIRY);
    try (Gateway gateway =
        ReadyGateway.start(
            GatewayOptions.local(0, KAFKA.broker().bootstrapServers()).withMqtt(nowhere))) {
      assertThat(ReadyGateway.awaitHealth(gateway.server().address()))
          .contains("\"status\":\"ok\"")
          .contains("\"mqtt\":\"waiting\"");
      assertThat(Web.get(gateway.server().address() + "/metrics").body().lines())
          .contains("physiowave_gateway_mqtt_connected 0.0");
    }
  }
}
