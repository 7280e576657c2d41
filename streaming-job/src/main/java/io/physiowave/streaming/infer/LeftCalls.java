package io.physiowave.streaming.infer;

import io.physiowave.connectors.logging.LogFields;
import io.physiowave.streaming.model.ServedModel;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls of models on trial that were given up and have not come back, in this process. Each
 * keeps a thread, its buffer and the model; so a file that has some is not tried again, or each
 * restart of a task would add its own.
 */
final class LeftCalls {
  private static final Logger LOG = LoggerFactory.getLogger(LeftCalls.class);

  /** By SHA-256. */
  private static final Map<String, Integer> LEFT = new HashMap<>();

  private LeftCalls() {}

  /** A call is given up. */
  static synchronized void add(ServedModel model) {
    int left = LEFT.merge(model.sha256(), 1, Integer::sum);
    log(
        model,
        () ->
            LOG.warn(
                "calls of {} that do not come back: {} in this process; each keeps a thread, and a"
                    + " task that starts anew here does not try the model on until they do",
                model,
                left));
  }

  /** A call that was given up has come back after all. */
  static synchronized void remove(ServedModel model) {
    Integer left = LEFT.computeIfPresent(model.sha256(), (sha256, n) -> n == 1 ? null : n - 1);
    log(
        model,
        () -> LOG.info("a call of {} has come back; left: {}", model, left == null ? 0 : left));
  }

  /** How many there are of a file. */
  static synchronized int of(ServedModel model) {
    return LEFT.getOrDefault(model.sha256(), 0);
  }

  private static void log(ServedModel model, Runnable line) {
    LogFields.ofModel(model.card().name(), model.card().version(), line);
  }
}
