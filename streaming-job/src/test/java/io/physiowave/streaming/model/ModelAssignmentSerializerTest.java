package io.physiowave.streaming.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.card.Decision;
import io.physiowave.streaming.testing.TestModels;
import io.physiowave.streaming.types.BinaryFields;
import java.util.Optional;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class ModelAssignmentSerializerTest {
  @Test
  void readsWhatTheFirstFormSaved() throws Exception {
    ServedModel model = new ServedModel("a.onnx", "a".repeat(64), TestModels.emg(Decision.ARG_MAX));
    DataOutputSerializer out = new DataOutputSerializer(64);
    out.writeByte(1);
    BinaryFields.writeText("test-emg", out);
    ModelCandidatesSerializer.writeOptional(Optional.of(model), out);
    ModelCandidatesSerializer.INSTANCE.serialize(ModelCandidates.NONE, out);

    assertThat(
            ModelAssignmentSerializer.INSTANCE.deserialize(
                new DataInputDeserializer(out.getCopyOfBuffer())))
        .isEqualTo(ModelAssignment.serving(model));
  }

  @Test
  void readsWhatTheSecondFormSaved() throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(64);
    out.writeByte(2);
    BinaryFields.writeText("test-emg", out);
    ModelCandidatesSerializer.writeOptional(Optional.empty(), out);
    ModelCandidatesSerializer.INSTANCE.serialize(ModelCandidates.NONE, out);
    out.writeLong(7);

    assertThat(
            ModelAssignmentSerializer.INSTANCE.deserialize(
                new DataInputDeserializer(out.getCopyOfBuffer())))
        .isEqualTo(new ModelAssignment("test-emg", Optional.empty(), ModelCandidates.NONE, 7, 0));
  }
}
