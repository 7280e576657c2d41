package io.physiowave.connectors.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.physiowave.core.frame.SignalFrame;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Begins the traces of a gateway: of a share of its frames, a span {@value #SPAN} from the
 * hand-over to Kafka's acknowledgement. Frames that are not sampled cost a random number.
 */
public final class SendTraces implements AutoCloseable {
  /** Name of the first span of every trace. */
  public static final String SPAN = "gateway.send";

  private final TraceExport export;
  private final double share;

  private SendTraces(TraceExport export, double share) {
    this.export = export;
    this.share = share;
  }

  /** Traces nothing. */
  public static SendTraces off() {
    return new SendTraces(null, 0);
  }

  /**
   * Traces a share of all frames; nothing is opened for a share of 0.
   *
   * @param share of the frames, 0 to 1
   */
  public static SendTraces of(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("trace share is " + share + "; expected 0 to 1");
    }
    return share == 0 ? off() : new SendTraces(TraceExport.open("physiowave-gateway"), share);
  }

  /**
   * Begins the span of a frame, or returns {@link Span#getInvalid()} for one that is not traced.
   */
  public Span begin(SignalFrame frame, String topic) {
    if (export == null || ThreadLocalRandom.current().nextDouble() >= share) {
      return Span.getInvalid();
    }
    return export
        .tracer()
        .spanBuilder(SPAN)
        .setNoParent()
        .setSpanKind(SpanKind.PRODUCER)
        .setAttribute("messaging.system", "kafka")
        .setAttribute("messaging.destination.name", topic)
        .setAttribute("physiowave.stream", frame.streamId())
        .setAttribute("physiowave.session", frame.sessionId())
        .setAttribute("physiowave.first_sample", frame.firstSampleIndex())
        .startSpan();
  }

  /**
   * Ends the span of a frame.
   *
   * @param failure why it could not be delivered, or null
   */
  public static void end(Span span, Exception failure) {
    if (failure != null) {
      span.setStatus(StatusCode.ERROR, String.valueOf(failure.getMessage()));
    }
    span.end();
  }

  /** Sends the spans that are left. */
  @Override
  public void close() {
    if (export != null) {
      export.close();
    }
  }
}
