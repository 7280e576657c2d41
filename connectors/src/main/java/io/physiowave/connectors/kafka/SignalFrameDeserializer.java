package io.physiowave.connectors.kafka;

import io.physiowave.core.frame.InvalidFrameException;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.frame.SignalFrameCodec;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Frames from protobuf. A consumer that must survive bad records reads bytes instead and calls
 * {@link SignalFrameCodec#decode} itself.
 */
public final class SignalFrameDeserializer implements Deserializer<SignalFrame> {
  @Override
  public SignalFrame deserialize(String topic, byte[] bytes) {
    try {
      return bytes == null ? null : SignalFrameCodec.decode(bytes);
    } catch (InvalidFrameException e) {
      throw new SerializationException("topic " + topic + ": " + e.getMessage(), e);
    }
  }
}
