package io.physiowave.streaming.options;

import java.util.List;

/** Options that cannot be used; every problem found is listed, one a line. */
public final class InvalidOptionsException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  /**
   * @param problems what is wrong, each naming the option, its value and what is right; not empty
   */
  public InvalidOptionsException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, one entry a problem. */
  public List<String> problems() {
    return problems == null ? List.of(getMessage()) : problems;
  }
}
