package io.physiowave.connectors.kafka;

import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.frame.SignalFrameCodec;
import org.apache.kafka.common.serialization.Serializer;

/** Frames as protobuf with float32 samples. */
public final class SignalFrameSerializer implements Serializer<SignalFrame> {
  @Override
  public byte[] serialize(String topic, SignalFrame frame) {
    return frame == null ? null : SignalFrameCodec.encode(frame);
  }
}
