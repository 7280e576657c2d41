package io.physiowave.gateway.run;

import io.physiowave.connectors.trace.SendTraces;
import io.physiowave.gateway.http.GatewayHealth;
import io.physiowave.gateway.http.GatewayServer;
import io.physiowave.gateway.intake.FrameIntake;
import io.physiowave.gateway.intake.GatewayCounters;
import io.physiowave.gateway.intake.KafkaDelivery;
import io.physiowave.gateway.intake.KafkaHealth;

/** A gateway that runs. Neither Kafka nor the topic need be there when it starts. */
public final class Gateway implements AutoCloseable {
  private final KafkaDelivery delivery;
  private final KafkaHealth kafka;
  private final GatewayCounters counters = new GatewayCounters();
  private final GatewayServer server;

  private Gateway(GatewayOptions options) {
    delivery =
        KafkaDelivery.open(
            options.bootstrapServers(),
            options.framesTopic(),
            options.patience(),
            SendTraces.of(options.traceShare()));
    kafka = new KafkaHealth(options.bootstrapServers(), options.framesTopic());
    try {
      server =
          GatewayServer.start(
              options.http(),
              new FrameIntake(delivery, counters),
              new GatewayHealth(kafka, delivery, counters));
    } catch (RuntimeException e) {
      kafka.close();
      delivery.close();
      throw e;
    }
  }

  /**
   * Starts one, which takes frames when this returns.
   *
   * @throws io.physiowave.gateway.http.PortUnavailableException when its port is taken
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
    delivery.flush();
    server.close();
    kafka.close();
    delivery.close();
  }
}
