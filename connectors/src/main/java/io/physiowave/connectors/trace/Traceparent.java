package io.physiowave.connectors.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;

/**
 * Where in a trace a record stands, as W3C Trace Context writes it: the header {@value #HEADER} of
 * a Kafka record, e.g. {@code 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01}. Only
 * sampled traces are carried; vendors' {@code tracestate} is not.
 */
public final class Traceparent {
  /** The header's name. */
  public static final String HEADER = "traceparent";

  /** Stands for: not traced. */
  public static final String NONE = "";

  private static final int LENGTH = 55;
  private static final TextMapGetter<String> GETTER =
      (header, name) -> name.equals(HEADER) ? header : null;

  private Traceparent() {}

  /**
   * The header's text if it is well formed and its trace is sampled; otherwise {@link #NONE}.
   * Others write this header, so nothing is expected of it.
   */
  public static String sampled(String header) {
    boolean isSampled =
        header.length() == LENGTH && (Character.digit(header.charAt(LENGTH - 1), 16) & 1) == 1;
    return isSampled && Span.fromContext(context(header)).getSpanContext().isSampled()
        ? header
        : NONE;
  }

  /** The place that a span has in its trace; {@link #NONE} when it is not sampled. */
  public static String of(Span span) {
    if (!span.getSpanContext().isSampled()) {
      return NONE;
    }
    String[] written = {NONE};
    W3CTraceContextPropagator.getInstance()
        .inject(
            Context.root().with(span),
            written,
            (carrier, name, value) -> {
              if (name.equals(HEADER)) {
                carrier[0] = value;
              }
            });
    return written[0];
  }

  /** A parent for spans that follow. */
  public static Context context(String traceparent) {
    return W3CTraceContextPropagator.getInstance().extract(Context.root(), traceparent, GETTER);
  }
}
