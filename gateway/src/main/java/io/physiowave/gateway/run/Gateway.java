package io.physiowave.gateway.run;

import io.physiowave.connectors.trace.SendTraces;
import io.physiowave.gateway.http.GatewayParts;
import io.physiowave.gateway.http.GatewayServer;
import io.physiowave.gateway.intake.FrameIntake;
import io.physiowave.gateway.intake.GatewayCounters;
import io.physiowave.gateway.intake.KafkaDelivery;
import io.physiowave.gateway.intake.KafkaHealth;
import io.physiowave.gateway.labels.LabelFeeds;
import io.physiowave.gateway.labels.LabelKind;
import io.physiowave.gateway.mqtt.MqttBridge;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A gateway that runs. Neither Kafka nor the topic need be there when it starts. */
public final class Gateway implements AutoCloseable {
  private final KafkaDelivery delivery;
  private final KafkaHealth kafka;
  private final LabelFeeds labels;
  private final GatewayCounters counters = new GatewayCounters();
  private final GatewayServer server;
  private final Optional<MqttBridge> mqtt;

  private Gateway(GatewayOptions options) {
    delivery =
        KafkaDelivery.open(
            options.bootstrapServers(),
            options.framesTopic(),
            options.patience(),
            SendTraces.of(options.traceShare()));
    kafka =
        new KafkaHealth(options.bootstrapServers(), options.framesTopic(), delivery::knowsTopic);
    labels =
        LabelFeeds.start(
            options.bootstrapServers(),
            Map.of(
                LabelKind.LABELS, options.labelsTopic(), LabelKind.EVENTS, options.eventsTopic()));
    FrameIntake intake = new FrameIntake(delivery, counters);
    try {
      mqtt = options.mqtt().map(broker -> MqttBridge.prepare(broker, intake));
      server =
          GatewayServer.start(
              options.http(),
              intake,
              new GatewayParts(
                  kafka,
                  delivery,
                  counters,
                  labels,
                  mqtt.map(bridge -> (BooleanSupplier) bridge::isConnected)));
    } catch (RuntimeException e) {
      labels.close();
      kafka.close();
      delivery.close();
      throw e;
    }
    mqtt.ifPresent(MqttBridge::start);
  }

  /**
   * Starts one, which takes frames when this returns.
   *
   * @throws io.physiowave.connectors.web.PortUnavailableException when its port is taken
   */
  public static Gateway start(GatewayOptions options) {
    return new Gateway(options);
  }

  /** Where it listens. */
  public GatewayServer server() {
    return server;
  }

  /** What it has answered. */
  public GatewayCounters counters() {
    return counters;
  }

  /** Takes no more, waits until what it has taken is answered, and ends. */
  @Override
  public void close() {
    server.stopTaking();
    mqtt.ifPresent(MqttBridge::stopTaking);
    delivery.flush();
    mqtt.ifPresent(MqttBridge::close);
    server.close();
    labels.close();
    kafka.close();
    delivery.close();
  }
}
