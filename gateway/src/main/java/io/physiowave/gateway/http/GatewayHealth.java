package io.physiowave.gateway.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.physiowave.gateway.intake.GatewayCounters;
import io.physiowave.gateway.intake.KafkaDelivery;
import io.physiowave.gateway.intake.KafkaHealth;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * How the gateway stands, for whoever distributes devices over gateways and for people.
 *
 * <p>Healthy is a gateway that does not stop and whose Kafka takes frames; a broker of MQTT that is
 * away is only said.
 */
public final class GatewayHealth {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KafkaHealth kafka;
  private final KafkaDelivery delivery;
  private final GatewayCounters counters;
  private final Optional<BooleanSupplier> mqtt;

  /**
   * A report of these parts.
   *
   * @param mqtt whether the broker of MQTT is connected; empty when there is none
   */
  public GatewayHealth(
      KafkaHealth kafka,
      KafkaDelivery delivery,
      GatewayCounters counters,
      Optional<BooleanSupplier> mqtt) {
    this.kafka = kafka;
    this.delivery = delivery;
    this.counters = counters;
    this.mqtt = mqtt;
  }

  record Report(boolean isHealthy, String json) {}

  /**
   * How it stands now.
   *
   * @param trouble what the server has to say; null for nothing
   */
  CompletableFuture<Report> report(String trouble, int sockets) {
    return kafka
        .check()
        .thenApply(
            isReachable -> {
              boolean healthy = isReachable && trouble == null;
              ObjectNode report = JSON.createObjectNode();
              report.put(
                  "status", healthy ? "ok" : trouble == null ? "kafka-unavailable" : trouble);
              report.put("kafka", isReachable ? "connected" : "waiting");
              mqtt.ifPresent(
                  isConnected ->
                      report.put("mqtt", isConnected.getAsBoolean() ? "connected" : "waiting"));
              report.put("framesAccepted", counters.accepted());
              report.put("framesUndelivered", counters.undelivered());
              counters.refused().forEach(report.putObject("framesRefused")::put);
              report.put("bytesWaiting", delivery.waitingBytes());
              report.put("sockets", sockets);
              return new Report(healthy, report.toString());
            });
  }
}
