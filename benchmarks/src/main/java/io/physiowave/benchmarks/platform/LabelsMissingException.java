package io.physiowave.benchmarks.platform;

/** The job did not say all that it should have: its speed means nothing. */
public final class LabelsMissingException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  public LabelsMissingException(String message) {
    super(message);
  }
}
