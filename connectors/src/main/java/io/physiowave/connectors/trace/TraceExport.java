package io.physiowave.connectors.trace;

import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.Map;

/**
 * Sends spans to an OpenTelemetry collector, in batches beside the way of the data; without a
 * collector they are dropped. Close it to send what is left.
 *
 * <p>Set by OpenTelemetry's own environment variables; unless they say otherwise, OTLP over HTTP
 * goes to {@code http://localhost:4318}, and neither metrics nor logs are sent.
 */
public final class TraceExport implements AutoCloseable {
  private static final String SCOPE = "io.physiowave";

  private final OpenTelemetrySdk sdk;
  private final Tracer tracer;

  private TraceExport(OpenTelemetrySdk sdk) {
    this.sdk = sdk;
    tracer = sdk.getTracer(SCOPE);
  }

  /**
   * Starts to export.
   *
   * @param service the process' name in traces, unless {@code OTEL_SERVICE_NAME} has another
   * @throws io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException when a variable cannot be
   *     used
   */
  public static TraceExport open(String service) {
    return new TraceExport(
        AutoConfiguredOpenTelemetrySdk.builder()
            .addPropertiesSupplier(
                () ->
                    Map.of(
                        "otel.service.name", service,
                        "otel.traces.exporter", "otlp",
                        "otel.metrics.exporter", "none",
                        "otel.logs.exporter", "none",
                        "otel.exporter.otlp.protocol", "http/protobuf"))
            // Whoever opened it closes it; a hook would hold on to a job that is gone.
            .disableShutdownHook()
            .build()
            .getOpenTelemetrySdk());
  }

  /** Makes spans. */
  public Tracer tracer() {
    return tracer;
  }

  /** Sends what is left and ends. */
  @Override
  public void close() {
    sdk.close();
  }
}
