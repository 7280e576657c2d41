package io.physiowave.gateway.intake;

import io.prometheus.metrics.core.metrics.Histogram;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many frames were answered, and how, and how soon, since the gateway started. */
public final class GatewayCounters {
  private static final double NANOS_PER_SECOND = 1e9;

  private final LongAdder accepted = new LongAdder();
  private final LongAdder undelivered = new LongAdder();
  private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();
  private final Histogram answerSeconds =
      Histogram.builder()
          .name("physiowave_gateway_answer_seconds")
          .help("From a frame's last byte to its answer, in seconds.")
          .classicOnly()
          .classicUpperBounds(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30)
          .build();

  /**
   * Counts an answer.
   *
   * @param nanos time between frame and answer
   */
  void count(Answer answer, long nanos) {
    answerSeconds.observe(nanos / NANOS_PER_SECOND);
    if (answer instanceof Answer.Refused refusal) {
      refused.computeIfAbsent(refusal.code(), code -> new LongAdder()).increment();
    } else if (answer instanceof Answer.Undelivered) {
      undelivered.increment();
    } else {
      accepted.increment();
    }
  }

  /** Frames that Kafka has. */
  public long accepted() {
    return accepted.sum();
  }

  /** Frames that Kafka did not confirm. */
  public long undelivered() {
    return undelivered.sum();
  }

  /** Refused frames by code. */
  public Map<String, Long> refused() {
    Map<String, Long> counts = new TreeMap<>();
    refused.forEach((code, count) -> counts.put(code, count.sum()));
    return counts;
  }

  /** Times between frames and their answers, in seconds. */
  public Histogram answerSeconds() {
    return answerSeconds;
  }
}
