package io.physiowave.core.frame;

/**
 * What is taken for a frame, by itself and without regard to those before it. Gateways and the job
 * ask here alike, so that both refuse the same frames for the same reason.
 *
 * @param maximumBytes longest frame that is taken, encoded as protobuf
 */
public record FrameAdmission(int maximumBytes) {
  /** Most bytes of a frame unless stated otherwise. */
  public static final int DEFAULT_MAXIMUM_BYTES = 1_000_000;

  /** What gateways take, and the job unless told otherwise. */
  public static final FrameAdmission DEFAULT = new FrameAdmission(DEFAULT_MAXIMUM_BYTES);

  /**
   * The frame that the bytes are.
   *
   * @param bytes protobuf; null where there are none
   * @throws RefusedFrameException when they are too many ({@link RejectionReason#OVERSIZED}), or no
   *     frame, or a field breaks the contract ({@link RejectionReason#INVALID})
   */
  public SignalFrame admit(byte[] bytes) {
    if (bytes == null) {
      throw new RefusedFrameException(
          RejectionReason.INVALID, "the frame is missing; expected a protobuf SignalFrame");
    }
    if (bytes.length > maximumBytes) {
      throw oversized(bytes.length);
    }
    try {
      return SignalFrameCodec.decode(bytes);
    } catch (InvalidFrameException e) {
      throw new RefusedFrameException(RejectionReason.INVALID, e.getMessage());
    }
  }

  private RefusedFrameException oversized(int bytes) {
    return new RefusedFrameException(
        RejectionReason.OVERSIZED,
        "the frame has "
            + bytes
            + " bytes; expected at most "
            + maximumBytes
            + ": send shorter frames");
  }
}
