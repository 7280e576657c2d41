package io.physiowave.streaming.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.card.Decision;
import io.physiowave.core.card.EpisodeRules;
import io.physiowave.core.card.ModelCard;
import io.physiowave.core.card.ModelCardJson;
import io.physiowave.streaming.testing.TestModels;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServedModelTest {
  private static final String HASH = "a".repeat(64);
  private static final ModelCard CARD = TestModels.emg(Decision.ARG_MAX);
  private static final ServedModel MODEL = new ServedModel("a.onnx", HASH, CARD);

  /** The card with one piece of its JSON in place of another. */
  private static ModelCard card(String change) {
    String[] sides = change.split(" > ");
    String json = ModelCardJson.write(CARD);
    assertThat(json).contains(sides[0]);
    return ModelCardJson.read(json.replace(sides[0], sides[1]), "test");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"modality\":\"EMG\" > \"modality\":\"EEG\"",
        "\"name\":\"ch2\" > \"name\":\"ch3\"",
        "\"mV\" > \"uV\"",
        "200.0 > 250.0",
        "\"hopSamples\":20 > \"hopSamples\":10",
        "\"filters\":[] > \"filters\":[{\"kind\":\"high-pass\",\"order\":2,\"cutoffHz\":0.5}]",
      })
  void readsOtherWindowsWhenItsCardSaysSo(String change) {
    ServedModel other = new ServedModel("b.onnx", HASH, card(change));

    assertThat(MODEL.readsSameWindows(other)).isFalse();
    assertThat(other.readsSameWindows(MODEL)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1\" > \"2\"", "\"REST\" > \"OPEN\"", "\"test-emg\" > \"test-other\""})
  void readsTheSameWindowsWhateverItSaysOfThem(String change) {
    assertThat(MODEL.readsSameWindows(new ServedModel("b.onnx", HASH, card(change)))).isTrue();
  }

  @Test
  void isTheSameOnlyWithTheSameFile() {
    assertThat(new ServedModel("a.onnx", HASH, CARD)).isEqualTo(MODEL).hasSameHashCodeAs(MODEL);
    assertThat(new ServedModel("a.onnx", "b".repeat(64), CARD)).isNotEqualTo(MODEL);
    assertThat(new ServedModel("b.onnx", HASH, CARD)).isNotEqualTo(MODEL);
  }

  @Test
  void isReadWithTheCardThatWasWrittenWhateverAnotherOneOfTheFileSays() throws Exception {
    // As an earlier release saves it, which knows no rules for episodes.
    ServedModel saved = MODEL;
    ServedModel read =
        new ServedModel(
            MODEL.location(),
            HASH,
            TestModels.emg(Decision.ARG_MAX.with(EpisodeRules.OPEN), CARD.version()));
    assertThat(read).isNotEqualTo(saved);

    for (ServedModel model : List.of(saved, read)) {
      DataOutputSerializer bytes = new DataOutputSerializer(64);
      ServedModelSerializer.INSTANCE.serialize(model, bytes);
      DataInputDeserializer in = new DataInputDeserializer(bytes.getCopyOfBuffer());
      ServedModel back = ServedModelSerializer.INSTANCE.deserialize(in);

      assertThat(back).isEqualTo(model);
      in.setBuffer(bytes.getCopyOfBuffer());
      assertThat(ServedModelSerializer.INSTANCE.deserialize(in)).isSameAs(back);
    }
  }

  @Test
  void isToldInOneLineWhyItFailedOnTrial() {
    assertThat(ModelFailure.of(MODEL, new IllegalStateException("no \r\n  room")).reason())
        .isEqualTo("no room");
    assertThat(ModelFailure.of(MODEL, new OutOfMemoryError()).reason())
        .isEqualTo("java.lang.OutOfMemoryError");
  }
}
