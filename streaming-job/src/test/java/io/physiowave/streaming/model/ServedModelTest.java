package io.physiowave.streaming.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.card.Decision;
import io.physiowave.core.card.ModelCard;
import io.physiowave.core.card.ModelCardJson;
import io.physiowave.streaming.testing.TestModels;
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
  void isToldInOneLineWhyItFailedOnTrial() {
    assertThat(ModelFailure.of(MODEL, new IllegalStateException("no \r\n  room")).reason())
        .isEqualTo("no room");
    assertThat(ModelFailure.of(MODEL, new OutOfMemoryError()).reason())
        .isEqualTo("java.lang.OutOfMemoryError");
  }
}
