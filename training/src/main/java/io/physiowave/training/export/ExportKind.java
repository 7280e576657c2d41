package io.physiowave.training.export;

/** What of a model is exported. */
public enum ExportKind {
  /** Everything: a window's labels, one or several. */
  CLASSIFIER("classifier", "logits"),
  /** Everything up to the task's head: a window's features. */
  ENCODER("encoder", "embedding"),
  /** Several encoders with a head each, whose logits are mixed. */
  FUSION("fusion", "logits"),
  /** One encoder with a head for each of several tasks. */
  TASKS("tasks", "logits");

  private final String text;
  private final String comparedOutput;

  ExportKind(String text, String comparedOutput) {
    this.text = text;
    this.comparedOutput = comparedOutput;
  }

  /** How options and cards name it. */
  public String text() {
    return text;
  }

  /** The output in which both engines are compared. */
  public String comparedOutput() {
    return comparedOutput;
  }

  @Override
  public String toString() {
    return text;
  }
}
