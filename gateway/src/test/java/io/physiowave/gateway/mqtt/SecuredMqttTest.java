package io.physiowave.gateway.mqtt;

import static io.physiowave.gateway.testing.ReadyGateway.awaitMqtt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.physiowave.core.frame.SignalFrame;
import io.physiowave.gateway.run.Gateway;
import io.physiowave.gateway.run.GatewayOptions;
import io.physiowave.gateway.testing.FrameTopic;
import io.physiowave.gateway.testing.LogLines;
import io.physiowave.gateway.testing.MqttDevice;
import io.physiowave.gateway.testing.TestCertificate;
import io.physiowave.gateway.testing.TestFrames;
import io.physiowave.gateway.testing.TestKafka;
import io.physiowave.gateway.testing.TestMqttBroker;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A broker of MQTT as it stands in a hospital: TLS, a login, and sessions on its disk. */
class SecuredMqttTest {
  @RegisterExtension static final TestKafka KAFKA = new TestKafka();

  /** The broker keeps 1,000 messages for a gateway that lags behind, and drops others. */
  private static final int MOST_AHEAD = 500;

  private static final MqttLogin LOGIN = new MqttLogin("gateway", "let-me-in");

  @TempDir private static Path directory;
  private static TestCertificate certificate;
  private static TestMqttBroker mqtt;

  @BeforeAll
  static void start() throws Exception {
    certificate = TestCertificate.of(directory, "broker", "ip:127.0.0.1");
    mqtt = new TestMqttBroker(directory, certificate, LOGIN.user(), LOGIN.password());
  }

  @AfterAll
  static void stop() {
    mqtt.close();
  }

  private static Gateway gateway(URI address, MqttLogin login, Path trusted) {
    MqttOptions options =
        new MqttOptions(
            address,
            FrameTopics.DEFAULT,
            "secured",
            Optional.of(login),
            Optional.of(trusted),
            MqttOptions.DEFAULT_WINDOW,
            MqttOptions.DEFAULT_SESSION_EXPIRY);
    return Gateway.start(
        GatewayOptions.local(0, KAFKA.broker().bootstrapServers()).withMqtt(options));
  }

  @Test
  void framesComeThroughTlsAndLoginAndARestartOfTheBroker() throws Exception {
    try (Gateway gateway = gateway(mqtt.encryptedAddress(), LOGIN, certificate.pem());
        FrameTopic topic = KAFKA.topic();
        MqttDevice device = new MqttDevice(mqtt.address(), "t-1")) {
      awaitMqtt(gateway, "connected");
      CompletableFuture<Void> restarted = new CompletableFuture<>();
      CompletableFuture<Integer> sent =
          CompletableFuture.supplyAsync(
              () -> {
                int number = 0;
                while (!restarted.isDone() || number < 100) {
                  awaitAccepted(number - MOST_AHEAD, gateway);
                  device.publish(TestFrames.protobuf("t-1", number), null);
                  number++;
                }
                return number;
              });
      topic.await("t-1", 20);

      mqtt.restart();
      restarted.complete(null);

      int count = sent.get(2, TimeUnit.MINUTES);
      topic.await(
          "t-1",
          found ->
              FrameTopic.frames(found).stream()
                      .map(SignalFrame::firstSampleIndex)
                      .distinct()
                      .count()
                  == count);
      awaitMqtt(gateway, "connected");
    }
  }

  private static void awaitAccepted(long frames, Gateway gateway) {
    if (gateway.counters().accepted() < frames) {
      await().atMost(Duration.ofMinutes(3)).until(() -> gateway.counters().accepted() >= frames);
    }
  }

  @Test
  void aWrongPasswordIsSaidInTheLogAndInTheHealth() throws Exception {
    MqttLogin wrong = new MqttLogin(LOGIN.user(), "let-me-out");
    try (LogLines log = new LogLines(MqttBridge.class);
        Gateway gateway = gateway(mqtt.encryptedAddress(), wrong, certificate.pem())) {
      assertThat(log.next())
          .startsWith("no connection to " + mqtt.encryptedAddress() + ", trying again: ")
          .contains("BAD_USER_NAME_OR_PASSWORD")
          .doesNotContain(wrong.password());
      awaitMqtt(gateway, "waiting");
    }
  }

  @Test
  void aBrokerThatIsAnotherIsNotTrusted() throws Exception {
    TestCertificate other = TestCertificate.of(directory, "other", "ip:127.0.0.1");
    try (LogLines log = new LogLines(MqttBridge.class);
        Gateway gateway = gateway(mqtt.encryptedAddress(), LOGIN, other.pem())) {
      assertThat(log.next()).contains("PKIX path");
      awaitMqtt(gateway, "waiting");
    }
  }

  @Test
  void aBrokerOfAnotherNameIsNotTrusted() throws Exception {
    URI otherName =
        URI.create(mqtt.encryptedAddress().toString().replace("127.0.0.1", "localhost"));
    try (LogLines log = new LogLines(MqttBridge.class);
        Gateway gateway = gateway(otherName, LOGIN, certificate.pem())) {
      assertThat(log.next()).contains("No name matching localhost");
      awaitMqtt(gateway, "waiting");
    }
  }
}
