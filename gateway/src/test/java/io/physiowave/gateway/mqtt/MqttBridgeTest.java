package io.physiowave.gateway.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.physiowave.connectors.kafka.SignalTopic;
import io.physiowave.connectors.trace.SendTraces;
import io.physiowave.gateway.intake.FrameIntake;
import io.physiowave.gateway.intake.GatewayCounters;
import io.physiowave.gateway.intake.KafkaDelivery;
import io.physiowave.gateway.testing.TestKafka;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The bridge alone, to something that takes connections and speaks no MQTT. */
class MqttBridgeTest {
  @RegisterExtension static final TestKafka KAFKA = new TestKafka();

  @Test
  void closedWhileItTriesToConnectItTriesNoMore() throws Exception {
    CountDownLatch tries = new CountDownLatch(3);
    try (ServerSocket hangsUp = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        KafkaDelivery delivery =
            KafkaDelivery.open(
                KAFKA.broker().bootstrapServers(),
                SignalTopic.FRAMES.topicName(),
                Duration.ofSeconds(30),
                SendTraces.off())) {
      Thread server = new Thread(() -> hangUp(hangsUp, tries), "hangs-up");
      server.start();
      MqttBridge bridge =
          MqttBridge.prepare(
              MqttOptions.plain(
                  URI.create("mqtt://127.0.0.1:" + hangsUp.getLocalPort()), "restless"),
              new FrameIntake(delivery, new GatewayCounters()));
      bridge.start();
      assertThat(tries.await(3, TimeUnit.MINUTES)).isTrue();

      bridge.close();

      await().atMost(Duration.ofMinutes(3)).until(bridge::hasLeft);
    }
  }

  private static void hangUp(ServerSocket on, CountDownLatch tries) {
    try {
      while (true) {
        on.accept().close();
        tries.countDown();
      }
    } catch (IOException e) {
      // The test is over.
    }
  }
}
