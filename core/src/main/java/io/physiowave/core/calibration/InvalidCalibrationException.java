package io.physiowave.core.calibration;

/**
 * A calibration that cannot be read or breaks a rule; the message names the field and its value.
 */
public final class InvalidCalibrationException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public InvalidCalibrationException(String message) {
    super(message);
  }

  public InvalidCalibrationException(String message, Throwable cause) {
    super(message, cause);
  }
}
