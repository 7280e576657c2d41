package io.physiowave.connectors.kafka;

import io.physiowave.core.label.LabelEvent;
import io.physiowave.core.label.LabelEventCodec;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** Labels from protobuf. */
public final class LabelEventDeserializer implements Deserializer<LabelEvent> {
  @Override
  public LabelEvent deserialize(String topic, byte[] bytes) {
    try {
      return bytes == null ? null : LabelEventCodec.decode(bytes);
    } catch (IllegalArgumentException e) {
      throw new SerializationException("topic " + topic + ": " + e.getMessage(), e);
    }
  }
}
