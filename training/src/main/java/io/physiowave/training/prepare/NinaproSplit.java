package io.physiowave.training.prepare;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which windows of Ninapro go into which part: by repetition, so that every subject is in all
 * parts, or by subject.
 *
 * @param bySubject whether the numbers are those of subjects
 * @param training repetitions for training; not asked for by subject, where all others are
 * @param validation repetitions or subjects
 * @param test repetitions or subjects
 */
public record NinaproSplit(
    boolean bySubject, Set<Integer> training, Set<Integer> validation, Set<Integer> test) {

  public NinaproSplit {
    training = Set.copyOf(training);
    validation = Set.copyOf(validation);
    test = Set.copyOf(test);
    Set<Integer> seen = new LinkedHashSet<>();
    List<Set<Integer>> parts =
        bySubject ? List.of(validation, test) : List.of(training, validation, test);
    for (Set<Integer> part : parts) {
      for (int number : part) {
        if (!seen.add(number)) {
          throw new IllegalArgumentException(
              (bySubject ? "subject " : "repetition ")
                  + number
                  + " is asked for in two parts; expected in one of them");
        }
      }
    }
  }

  /** The part of a window; empty for none. Repetition 0 belongs to no movement and no part. */
  Optional<String> partOf(int subject, int repetition) {
    if (repetition == 0) {
      return Optional.empty();
    }
    int number = bySubject ? subject : repetition;
    if (test.contains(number)) {
      return Optional.of("test");
    }
    if (validation.contains(number)) {
      return Optional.of("val");
    }
    return bySubject || training.contains(number) ? Optional.of("train") : Optional.empty();
  }

  @Override
  public String toString() {
    return bySubject
        ? "by subject: validation " + sorted(validation) + ", test " + sorted(test)
        : "by repetition: training "
            + sorted(training)
            + ", validation "
            + sorted(validation)
            + ", test "
            + sorted(test);
  }

  private static Set<Integer> sorted(Set<Integer> numbers) {
    return new TreeSet<>(numbers);
  }
}
