package io.physiowave.gateway.http;

import io.physiowave.gateway.intake.GatewayCounters;
import io.physiowave.gateway.intake.KafkaDelivery;
import io.physiowave.gateway.intake.KafkaHealth;
import io.physiowave.gateway.labels.LabelFeeds;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What tells how a gateway stands.
 *
 * @param labels what listeners hear
 * @param mqtt whether the broker of MQTT is connected; empty when there is none
 */
public record GatewayParts(
    KafkaHealth kafka,
    KafkaDelivery delivery,
    GatewayCounters counters,
    LabelFeeds labels,
    Optional<BooleanSupplier> mqtt) {
  public GatewayParts {
    Objects.requireNonNull(kafka, "kafka");
    Objects.requireNonNull(delivery, "delivery");
    Objects.requireNonNull(counters, "counters");
    Objects.requireNonNull(labels, "labels");
    Objects.requireNonNull(mqtt, "mqtt");
  }
}
