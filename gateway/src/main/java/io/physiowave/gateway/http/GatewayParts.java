package io.physiowave.gateway.http;

import io.physiowave.gateway.intake.GatewayCounters;
import io.physiowave.gateway.intake.KafkaDelivery;
import io.physiowave.gateway.intake.KafkaHealth;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What tells how a gateway stands.
 *
 * @param mqtt whether the broker of MQTT is connected; empty when there is none
 */
public record GatewayParts(
    KafkaHealth kafka,
    KafkaDelivery delivery,
    GatewayCounters counters,
    Optional<BooleanSupplier> mqtt) {
  public GatewayParts {
    Objects.requireNonNull(kafka, "kafka");
    Objects.requireNonNull(delivery, "delivery");
    Objects.requireNonNull(counters, "counters");
    Objects.requireNonNull(mqtt, "mqtt");
  }
}
