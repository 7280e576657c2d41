package io.physiowave.benchmarks.platform;

import io.physiowave.core.label.LabelEvent;
import java.util.HashSet;
import java.util.Set;

/**
 * Holds labels against those that must come.
 *
 * <pre>{@code
 * LabelCheck check = new LabelCheck(load.labelIds(model));
 * topic.read((label, appendedMillis) -> check.accept(label));
 * check.requireComplete();
 * }</pre>
 */
public final class LabelCheck {
  private final Set<String> missing;
  private final int expected;
  private final Set<String> unknown = new HashSet<>();
  private final Set<String> seen = new HashSet<>();
  private long repeated;

  /** Expects labels of these ids. */
  public LabelCheck(Set<String> ids) {
    missing = new HashSet<>(ids);
    expected = ids.size();
  }

  /** Takes a label. */
  public void accept(LabelEvent label) {
    if (!seen.add(label.id())) {
      repeated++;
    } else if (!missing.remove(label.id())) {
      unknown.add(label.id());
    }
  }

  /** Labels that must come. */
  public int expected() {
    return expected;
  }

  /** Labels that came more than once. */
  public long repeated() {
    return repeated;
  }

  /**
   * Fails unless every label came and none that nobody expects.
   *
   * @throws LabelsMissingException otherwise, with the numbers
   */
  public void requireComplete() {
    if (!missing.isEmpty() || !unknown.isEmpty()) {
      throw new LabelsMissingException(
          missing.size()
              + " of "
              + expected
              + " labels are missing and "
              + unknown.size()
              + " came that do not belong; expected every window's label"
              + (missing.isEmpty() ? "" : ", for example " + missing.iterator().next()));
    }
  }
}
