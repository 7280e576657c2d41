package io.physiowave.training.prepare;

import io.physiowave.core.dsp.FilterSpecification;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What every preparation is told.
 *
 * @param input where the recordings lie
 * @param outputDirectory where the files are written
 * @param sampleRateHz rate of the windows, Hz
 * @param windowSamples length of a window at that rate
 * @param marginSamples further samples stored on either side
 * @param filters applied in order at the recordings' own rate
 * @param validation records or subjects of the part {@code val}
 * @param validationAsked whether a person named those; otherwise some of them may be missing
 * @param test records or subjects of the part {@code test}
 * @param configuration the options by the name of their flag, for the record
 * @param handling how the run itself goes about it
 */
public record PrepareOptions(
    Path input,
    Path outputDirectory,
    double sampleRateHz,
    int windowSamples,
    int marginSamples,
    List<FilterSpecification> filters,
    Set<String> validation,
    boolean validationAsked,
    Set<String> test,
    Map<String, Object> configuration,
    Handling handling) {

  /**
   * How a preparation is run.
   *
   * @param restart begin anew instead of going on where a former run was interrupted
   * @param skipDamaged leave out records that cannot be read instead of stopping
   * @param showProgress whether somebody watches a terminal
   */
  public record Handling(boolean restart, boolean skipDamaged, boolean showProgress) {}

  public PrepareOptions {
    filters = List.copyOf(filters);
    validation = Collections.unmodifiableSet(new LinkedHashSet<>(validation));
    test = Collections.unmodifiableSet(new LinkedHashSet<>(test));
    configuration = Collections.unmodifiableMap(new LinkedHashMap<>(configuration));
    for (String name : test) {
      if (validation.contains(name)) {
        throw new IllegalArgumentException(
            "'" + name + "' is asked for in validation and in test; expected in one of them");
      }
    }
  }

  /** The part that a record or subject belongs to. */
  String partOf(String group) {
    return test.contains(group) ? "test" : validation.contains(group) ? "val" : "train";
  }

  /**
   * Refuses names that are not there.
   *
   * @param groups the records or subjects that were found
   */
  void requireKnown(Set<String> groups) {
    for (Set<String> asked : validationAsked ? List.of(validation, test) : List.of(test)) {
      for (String name : asked) {
        if (!groups.contains(name)) {
          throw new IllegalArgumentException(
              input + ": holds no '" + name + "'; expected among " + groups);
        }
      }
    }
  }

  /** How the parts were divided, for a person to read. */
  String split(Set<String> groups, String kind) {
    Set<String> training = new LinkedHashSet<>(groups);
    training.removeAll(validation);
    training.removeAll(test);
    Set<String> validating = new LinkedHashSet<>(validation);
    validating.retainAll(groups);
    return "by "
        + kind
        + ": training "
        + String.join(" ", training)
        + "; validation "
        + String.join(" ", validating)
        + (test.isEmpty() ? "" : "; test " + String.join(" ", test));
  }
}
