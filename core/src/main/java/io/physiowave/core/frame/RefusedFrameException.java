package io.physiowave.core.frame;

/** A frame that is not taken; the message names the field, its value and what is right. */
public final class RefusedFrameException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final RejectionReason reason;

  public RefusedFrameException(RejectionReason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Why, for machines. */
  public RejectionReason reason() {
    return reason;
  }
}
