package io.physiowave.gateway.testing;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A device that publishes frames, again when its broker was away, and hears what is refused. */
public final class MqttDevice implements AutoCloseable {
  /** How the client ids of devices begin. */
  static final String CLIENT_ID_PREFIX = "device-";

  private final String stream;
  private final Mqtt5BlockingClient client;
  private final Mqtt5BlockingClient.Mqtt5Publishes refusals;

  /** Connects and waits for refusals of its stream. */
  public MqttDevice(URI broker, String stream) {
    this.stream = stream;
    client =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier(CLIENT_ID_PREFIX + stream)
            .serverHost(broker.getHost())
            .serverPort(broker.getPort())
            .automaticReconnect()
            .initialDelay(100, TimeUnit.MILLISECONDS)
            .maxDelay(1, TimeUnit.SECONDS)
            .applyAutomaticReconnect()
            .buildBlocking();
    client.connectWith().cleanStart(false).sessionExpiryInterval(600).send();
    refusals = client.publishes(MqttGlobalPublishFilter.ALL);
    client.subscribeWith().topicFilter("physiowave/" + stream + "/refused").send();
  }

  /** Publishes a frame with QoS 1; returns when the broker has it. */
  public void publish(byte[] frame, String contentType) {
    client.publish(
        Mqtt5Publish.builder()
            .topic("physiowave/" + stream + "/frames")
            .payload(frame)
            .qos(MqttQos.AT_LEAST_ONCE)
            .contentType(contentType)
            .build());
  }

  /** Publishes a frame with QoS 0, which anybody on its way may lose. */
  public void publishCarelessly(byte[] frame) {
    client.publish(
        Mqtt5Publish.builder()
            .topic("physiowave/" + stream + "/frames")
            .payload(frame)
            .qos(MqttQos.AT_MOST_ONCE)
            .build());
  }

  /** The next refusal. */
  public String refusal() throws InterruptedException {
    Optional<Mqtt5Publish> message = refusals.receive(3, TimeUnit.MINUTES);
    return new String(message.orElseThrow().getPayloadAsBytes(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    refusals.close();
    client.disconnect();
  }
}
