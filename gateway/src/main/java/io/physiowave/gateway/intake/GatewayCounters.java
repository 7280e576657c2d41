package io.physiowave.gateway.intake;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many frames were answered, and how, since the gateway started. */
public final class GatewayCounters {
  private final LongAdder accepted = new LongAdder();
  private final LongAdder undelivered = new LongAdder();
  private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();

  /** Counts an answer. */
  void count(Answer answer) {
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
}
