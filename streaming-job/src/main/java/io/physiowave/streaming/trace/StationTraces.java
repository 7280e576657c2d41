package io.physiowave.streaming.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.physiowave.connectors.trace.TraceExport;
import io.physiowave.connectors.trace.Traceparent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/**
 * A station's share in the one exporter of spans in this process, which is opened for the first
 * station and closed with the last one.
 *
 * <p>Only records whose {@code traceparent} is not empty are to be shown to it, so that all others
 * cost one comparison. Without an exporter nothing is recorded, and a trace passes through as it
 * came.
 */
public final class StationTraces implements AutoCloseable {
  private static final String SERVICE = "physiowave-job";
  private static final StationTraces OFF = new StationTraces();

  private static TraceExport export;
  private static int users;
  private static volatile Tracer current;

  private boolean closed;

  private StationTraces() {}

  /**
   * Takes a share.
   *
   * @param enabled whether spans are recorded at all
   * @throws io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException when an {@code OTEL_}
   *     variable cannot be used
   */
  public static StationTraces open(boolean enabled) {
    if (!enabled) {
      return OFF;
    }
    synchronized (StationTraces.class) {
      if (users == 0) {
        export = TraceExport.open(SERVICE);
        current = export.tracer();
      }
      users++;
      return new StationTraces();
    }
  }

  /** Begins a span below the given place of a trace. */
  public static Span begin(String name, String parent) {
    return builder(name, parent).startSpan();
  }

  /** The time for {@link #record}, microseconds since the epoch. */
  public static long nowMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }

  /**
   * Records a span that has been, and returns the place behind it.
   *
   * @param startMicros microseconds since the epoch
   * @param endMicros microseconds since the epoch; raised to the start, as clocks may differ
   */
  public static String record(String name, String parent, long startMicros, long endMicros) {
    Span span =
        builder(name, parent).setStartTimestamp(startMicros, TimeUnit.MICROSECONDS).startSpan();
    span.end(Math.max(startMicros, endMicros), TimeUnit.MICROSECONDS);
    return placeOf(span, parent);
  }

  /** The place of a span; that of its parent where nothing is recorded. */
  public static String placeOf(Span span, String parent) {
    String own = Traceparent.of(span);
    return own.isEmpty() ? parent : own;
  }

  private static SpanBuilder builder(String name, String parent) {
    Tracer tracer = current;
    if (tracer == null) {
      tracer = TracerProvider.noop().get(SERVICE);
    }
    return tracer
        .spanBuilder(name)
        .setParent(Traceparent.context(parent))
        .setSpanKind(SpanKind.INTERNAL);
  }

  /** Gives the share back. */
  @Override
  public void close() {
    TraceExport unused = null;
    synchronized (StationTraces.class) {
      if (this == OFF || closed) {
        return;
      }
      closed = true;
      users--;
      if (users == 0) {
        unused = export;
        export = null;
        current = null;
      }
    }
    if (unused != null) {
      unused.close();
    }
  }
}
