package io.physiowave.gateway.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.physiowave.gateway.intake.GatewayCounters;
import java.util.concurrent.CompletableFuture;

/**
 * {@code GET /healthz}: how the gateway stands, for whoever distributes devices over gateways and
 * for people.
 *
 * <p>Healthy is a gateway that does not stop and whose Kafka takes frames; a broker of MQTT that is
 * away is only said.
 */
final class GatewayHealth {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final GatewayParts parts;

  GatewayHealth(GatewayParts parts) {
    this.parts = parts;
  }

  record Report(boolean isHealthy, String json) {}

  /**
   * How it stands now.
   *
   * @param trouble what the server has to say; null for nothing
   */
  CompletableFuture<Report> report(String trouble, int sockets) {
    GatewayCounters counters = parts.counters();
    return parts
        .kafka()
        .check()
        .thenApply(
            isReachable -> {
              boolean healthy = isReachable && trouble == null;
              ObjectNode report = JSON.createObjectNode();
              report.put(
                  "status", healthy ? "ok" : trouble == null ? "kafka-unavailable" : trouble);
              report.put("kafka", isReachable ? "connected" : "waiting");
              parts
                  .mqtt()
                  .ifPresent(
                      isConnected ->
                          report.put("mqtt", isConnected.getAsBoolean() ? "connected" : "waiting"));
              report.put("framesAccepted", counters.accepted());
              report.put("framesUndelivered", counters.undelivered());
              counters.refused().forEach(report.putObject("framesRefused")::put);
              report.put("bytesWaiting", parts.delivery().waitingBytes());
              report.put("sockets", sockets);
              report.put("listeners", parts.labels().count());
              return new Report(healthy, report.toString());
            });
  }
}
