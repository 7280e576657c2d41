package io.physiowave.gateway.http;

import io.javalin.http.Context;
import io.physiowave.gateway.intake.GatewayCounters;
import io.physiowave.gateway.labels.LabelListeners;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.function.ToDoubleFunction;

/**
 * {@code GET /metrics}: the gateway in figures, for Prometheus. docs/operations.md lists them.
 *
 * <p>They name no stream: counts and states only, so that whoever may ask for the health may read
 * them.
 */
final class GatewayMetrics {
  private static final String PREFIX = "physiowave_gateway_";

  private final GatewayParts parts;
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final ExpositionFormats formats = ExpositionFormats.init();
  private final Gauge kafkaConnected;

  /**
   * Figures of these parts.
   *
   * @param sockets devices that are connected by WebSocket
   */
  GatewayMetrics(GatewayParts parts, IntSupplier sockets) {
    this.parts = parts;
    GatewayCounters counters = parts.counters();
    counter("accepted_frames", "Frames that Kafka has.", counters::accepted);
    counter("undelivered_frames", "Frames that Kafka did not confirm.", counters::undelivered);
    CounterWithCallback.builder()
        .name(PREFIX + "refused_frames")
        .help("Frames that were refused, by code.")
        .labelNames("code")
        .callback(to -> counters.refused().forEach((code, count) -> to.call(count, code)))
        .register(registry);
    registry.register(counters.answerSeconds());
    gauge("waiting_bytes", "Bytes of frames that wait for Kafka.", parts.delivery()::waitingBytes);
    gauge("sockets", "Devices connected by WebSocket to send.", sockets::getAsInt);
    showListeners();
    kafkaConnected =
        Gauge.builder()
            .name(PREFIX + "kafka_connected")
            .help("1 while Kafka takes frames, else 0.")
            .register(registry);
    parts
        .mqtt()
        .ifPresent(
            isConnected ->
                gauge(
                    "mqtt_connected",
                    "1 while the broker of MQTT is connected, else 0.",
                    () -> isConnected.getAsBoolean() ? 1 : 0));
    JvmMetrics.builder().register(registry);
  }

  private void showListeners() {
    GaugeWithCallback.builder()
        .name(PREFIX + "listeners")
        .help("Connected by WebSocket to hear labels or events.")
        .labelNames("kind")
        .callback(
            to -> parts.labels().forEach((kind, all) -> to.call(all.count(), kind.parameter())))
        .register(registry);
    GaugeWithCallback.builder()
        .name(PREFIX + "feed_connected")
        .help("0 while there are listeners and their topic cannot be read, else 1.")
        .labelNames("kind")
        .callback(
            to ->
                parts
                    .labels()
                    .forEach(
                        (kind, all) ->
                            to.call(parts.labels().isConnected(kind) ? 1 : 0, kind.parameter())))
        .register(registry);
    byKind("sent_labels", "Labels or events written to listeners.", LabelListeners::sent);
    byKind(
        "dropped_labels",
        "Labels or events that their listener was gone or let go before it got.",
        LabelListeners::dropped);
    byKind(
        "late_listeners",
        "Listeners that were let go, as they did not read.",
        LabelListeners::late);
  }

  private void byKind(String name, String help, ToDoubleFunction<LabelListeners> value) {
    CounterWithCallback.builder()
        .name(PREFIX + name)
        .help(help)
        .labelNames("kind")
        .callback(
            to ->
                parts
                    .labels()
                    .forEach((kind, all) -> to.call(value.applyAsDouble(all), kind.parameter())))
        .register(registry);
  }

  private void counter(String name, String help, DoubleSupplier value) {
    CounterWithCallback.builder()
        .name(PREFIX + name)
        .help(help)
        .callback(to -> to.call(value.getAsDouble()))
        .register(registry);
  }

  private void gauge(String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(PREFIX + name)
        .help(help)
        .callback(to -> to.call(value.getAsDouble()))
        .register(registry);
  }

  /** Answers in the form that the caller asks for, by default Prometheus' text form. */
  CompletableFuture<Void> answer(Context request) {
    ExpositionFormatWriter form = formats.findWriter(request.header("Accept"));
    return parts
        .kafka()
        .check()
        .thenAccept(
            isReachable -> {
              kafkaConnected.set(isReachable ? 1 : 0);
              request.contentType(form.getContentType()).result(written(form));
            });
  }

  private byte[] written(ExpositionFormatWriter form) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      form.write(text, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException("figures cannot be written into memory", e);
    }
    return text.toByteArray();
  }
}
