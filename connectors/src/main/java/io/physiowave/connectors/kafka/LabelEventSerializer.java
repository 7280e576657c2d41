package io.physiowave.connectors.kafka;

import io.physiowave.core.label.LabelEvent;
import io.physiowave.core.label.LabelEventCodec;
import org.apache.kafka.common.serialization.Serializer;

/** Labels as protobuf. */
public final class LabelEventSerializer implements Serializer<LabelEvent> {
  @Override
  public byte[] serialize(String topic, LabelEvent event) {
    return event == null ? null : LabelEventCodec.encode(event);
  }
}
