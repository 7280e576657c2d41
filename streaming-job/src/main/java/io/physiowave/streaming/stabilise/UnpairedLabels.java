package io.physiowave.streaming.stabilise;

import io.physiowave.core.label.LabelEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Labels whose partner, given by the other model to the same window, has not come yet.
 *
 * <p>Inference announces a partner only for windows that the shadow has taken, at most two batches,
 * and answers each within its limit, so that few labels wait and none for ever. They are no part of
 * the state: what waits when the task fails is not compared.
 */
final class UnpairedLabels {
  private final Map<Window, LabelEvent> waiting = new HashMap<>();

  private record Window(String stream, String session, long start, long end, boolean isShadow) {
    Window partner() {
      return new Window(stream, session, start, end, !isShadow);
    }
  }

  /** Takes a label; the comparison when its partner is there. */
  Optional<LabelComparison> add(LabelEvent label, boolean isShadow) {
    Window window =
        new Window(
            label.streamId(),
            label.sessionId(),
            label.windowStartSample(),
            label.windowEndSample(),
            isShadow);
    LabelEvent partner = waiting.remove(window.partner());
    if (partner == null) {
      waiting.put(window, label);
      return Optional.empty();
    }
    LabelEvent serving = isShadow ? partner : label;
    LabelEvent shadow = isShadow ? label : partner;
    return Optional.of(
        new LabelComparison(
            serving.model(), shadow.model(), serving.label().equals(shadow.label())));
  }

  /** Labels that wait. */
  int size() {
    return waiting.size();
  }
}
