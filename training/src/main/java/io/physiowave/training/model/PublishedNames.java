package io.physiowave.training.model;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Looks up the constants of an enum by the names that the published command line uses. */
final class PublishedNames {
  private PublishedNames() {}

  static <E> E find(String field, E[] constants, Function<E, String> nameOf, String wanted) {
    for (E constant : constants) {
      if (nameOf.apply(constant).equals(wanted)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        field
            + ": '"
            + wanted
            + "' is unknown; expected one of "
            + Arrays.stream(constants).map(nameOf).collect(Collectors.joining(", ")));
  }
}
