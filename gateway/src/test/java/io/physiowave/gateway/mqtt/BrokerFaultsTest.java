package io.physiowave.gateway.mqtt;

import static io.physiowave.gateway.testing.ReadyGateway.awaitMqtt;
import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.gateway.run.Gateway;
import io.physiowave.gateway.run.GatewayOptions;
import io.physiowave.gateway.testing.BrokerFaults;
import io.physiowave.gateway.testing.FrameTopic;
import io.physiowave.gateway.testing.LogLines;
import io.physiowave.gateway.testing.MqttDevice;
import io.physiowave.gateway.testing.TestFrames;
import io.physiowave.gateway.testing.TestKafka;
import io.physiowave.gateway.testing.TestMqttBroker;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A broker of MQTT that is there and does not let the gateway hear frames. */
class BrokerFaultsTest {
  @RegisterExtension static final TestKafka KAFKA = new TestKafka();

  private static final BrokerFaults FAULTS = new BrokerFaults();

  @TempDir private static Path directory;
  private static TestMqttBroker mqtt;

  @BeforeAll
  static void start() throws Exception {
    mqtt = new TestMqttBroker(directory, FAULTS);
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
  void aSubscriptionThatIsRefusedIsTriedAgain() throws Exception {
    FAULTS.refuseSubscriptions(true);
    try (LogLines log = new LogLines(MqttBridge.class);
        Gateway gateway = gateway("unwelcome");
        FrameTopic topic = KAFKA.topic();
        MqttDevice device = new MqttDevice(mqtt.address(), "f-1")) {
      assertThat(log.next()).contains("cannot be subscribed to").contains("NOT_AUTHORIZED");
      FAULTS.refuseSubscriptions(false);

      awaitMqtt(gateway);
      device.publish(TestFrames.protobuf("f-1", 0), null);
      assertThat(topic.await("f-1", 1)).hasSize(1);
    } finally {
      FAULTS.refuseSubscriptions(false);
    }
  }
}
