package io.physiowave.connectors.kafka;

import io.physiowave.core.frame.FrameAdmission;
import io.physiowave.core.frame.RefusedFrameException;
import io.physiowave.core.frame.RejectionReason;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.frame.SignalFrameCodec;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Frames as protobuf with float32 samples.
 *
 * <p>A longer one than {@value FrameAdmission#DEFAULT_MAXIMUM_BYTES} bytes fails with a {@link
 * RefusedFrameException}: brokers would take it, and the job refuse it behind its sender's back.
 */
public final class SignalFrameSerializer implements Serializer<SignalFrame> {
  @Override
  public byte[] serialize(String topic, SignalFrame frame) {
    if (frame == null) {
      return null;
    }
    byte[] bytes = SignalFrameCodec.encode(frame);
    if (bytes.length > FrameAdmission.DEFAULT_MAXIMUM_BYTES) {
      throw new RefusedFrameException(
          RejectionReason.OVERSIZED,
          "the frame of stream "
              + frame.streamId()
              + " at sample "
              + frame.firstSampleIndex()
              + " has "
              + bytes.length
              + " bytes; expected at most "
              + FrameAdmission.DEFAULT_MAXIMUM_BYTES
              + ": send shorter frames");
    }
    return bytes;
  }
}
