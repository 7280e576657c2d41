package io.physiowave.streaming.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.card.Decision;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.testing.TestModels;
import io.physiowave.streaming.types.TopicRecord;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class CheckedWishTest {
  @Test
  void passesFromOneOperatorToTheNext() throws Exception {
    ServedModel model = new ServedModel("a.onnx", "a".repeat(64), TestModels.emg(Decision.ARG_MAX));
    CheckedWish wish =
        new CheckedWish(
            new TopicRecord(new byte[] {1}, new byte[] {2}, 0, 7, 9),
            List.of(
                CheckedRelease.passed("1", model), CheckedRelease.refused("2", "no such file")));
    TypeSerializer<CheckedWish> serializer =
        CheckedWish.TYPE.createSerializer(new SerializerConfigImpl());
    DataOutputSerializer out = new DataOutputSerializer(64);

    serializer.serialize(wish, out);

    assertThat(serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer())))
        .usingRecursiveComparison()
        .isEqualTo(wish);
  }
}
