package io.physiowave.training.export;

/** The exported graph does not answer as the trained model does. */
public final class ExportRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says by how much. */
  public ExportRefusedException(String message) {
    super(message);
  }
}
