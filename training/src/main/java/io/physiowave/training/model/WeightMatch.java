package io.physiowave.training.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How the weights of one model fit another.
 *
 * @param matched names with the same shape on both sides
 * @param reshaped names with another shape of as many values, taken in row-major order, such as a
 *     patch projection stored without its axes of length one
 * @param mismatched names with another number of values, each followed by both shapes
 * @param missing names that only the model has
 * @param unknown names that only the weights have
 */
public record WeightMatch(
    List<String> matched,
    List<String> reshaped,
    List<String> mismatched,
    List<String> missing,
    List<String> unknown) {

  private static final int NAMED = 4;

  /** Copies the lists. */
  public WeightMatch {
    matched = List.copyOf(matched);
    reshaped = List.copyOf(reshaped);
    mismatched = List.copyOf(mismatched);
    missing = List.copyOf(missing);
    unknown = List.copyOf(unknown);
  }

  /**
   * Compares names and shapes.
   *
   * @param shapes of the model's parameters by name
   */
  public static WeightMatch of(Map<String, int[]> shapes, ModelWeights weights) {
    List<String> matched = new ArrayList<>();
    List<String> reshaped = new ArrayList<>();
    List<String> mismatched = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    shapes.forEach(
        (name, shape) -> {
          WeightTensor tensor = weights.find(name).orElse(null);
          if (tensor == null) {
            missing.add(name);
          } else if (tensor.hasShape(shape)) {
            matched.add(name);
          } else if (tensor.values().length == count(shape)) {
            reshaped.add(name);
          } else {
            mismatched.add(
                name + " " + Arrays.toString(tensor.shape()) + ", not " + Arrays.toString(shape));
          }
        });
    List<String> unknown =
        weights.names().stream()
            .filter(name -> !shapes.containsKey(name))
            .collect(Collectors.toList());
    return new WeightMatch(matched, reshaped, mismatched, missing, unknown);
  }

  private static long count(int[] shape) {
    return Arrays.stream(shape).asLongStream().reduce(1, (left, right) -> left * right);
  }

  /** The names whose values can be taken over. */
  public List<String> taken() {
    List<String> taken = new ArrayList<>(matched);
    taken.addAll(reshaped);
    return taken;
  }

  /** Whether every parameter of the model is met and nothing is left over. */
  public boolean isComplete() {
    return mismatched.isEmpty() && missing.isEmpty() && unknown.isEmpty();
  }

  /** One line with the counts and the first names that do not fit. */
  public String describe() {
    StringBuilder line = new StringBuilder().append(matched.size()).append(" matched");
    append(line, "reshaped", reshaped);
    append(line, "of another size", mismatched);
    append(line, "missing", missing);
    append(line, "unknown", unknown);
    return line.toString();
  }

  private static void append(StringBuilder line, String what, List<String> names) {
    if (!names.isEmpty()) {
      line.append("; ").append(names.size()).append(' ').append(what).append(": ");
      line.append(String.join(", ", names.subList(0, Math.min(names.size(), NAMED))));
      if (names.size() > NAMED) {
        line.append(" and ").append(names.size() - NAMED).append(" more");
      }
    }
  }
}
