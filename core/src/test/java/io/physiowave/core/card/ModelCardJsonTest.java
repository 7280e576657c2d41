package io.physiowave.core.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ModelCardJsonTest {
  private static final String JSON = ModelCardJson.write(ModelCards.beats());

  @Test
  void aCardSurvivesBothForms() {
    assertThat(ModelCardJson.read(JSON, "test")).isEqualTo(ModelCards.beats());
    String indented = ModelCardJson.writeIndented(ModelCards.beats());
    assertThat(indented).endsWith("\n").contains("\n  \"name\" : \"ecg-beats\"");
    assertThat(ModelCardJson.read(indented, "test")).isEqualTo(ModelCards.beats());
  }

  @Test
  void fieldsOfALaterVersionAreIgnored() {
    String later = JSON.replaceFirst("\\{", "{\"colour\":\"red\",");
    assertThat(ModelCardJson.read(later, "test")).isEqualTo(ModelCards.beats());
  }

  @Test
  void rulesForEpisodesAreReadAndLeftOutWhereNothingIsSaid() {
    assertThat(JSON).doesNotContain("episodes");
    assertThat(ModelCards.beats().decision().episodeRules()).isEqualTo(EpisodeRules.OPEN);

    String ruled =
        JSON.replace(
            "\"votes\":1",
            "\"votes\":1,\"episodes\":{\"onsetProbability\":0.7,\"background\":[\"Q\"]}");
    ModelCard card = ModelCardJson.read(ruled, "test");

    assertThat(card.decision().episodeRules())
        .isEqualTo(new EpisodeRules(0.7, null, null, List.of("Q")));
    assertThat(ModelCardJson.write(card)).isEqualTo(ruled);
  }

  private static String named(String names) {
    return JSON.replace("\"channels\":", "\"labelNames\":{" + names + "},\"channels\":");
  }

  @Test
  void namesOfLabelsAreReadInTheirOrderAndLeftOutWhereThereAreNone() {
    assertThat(JSON).doesNotContain("labelNames");
    assertThat(ModelCards.beats().nameOf("V")).isEqualTo("V");

    ModelCard card =
        ModelCardJson.read(
            named(
                "\"V\":\"Ventricular\",\"N\":\"Normal\",\"S\":\"S'\",\"F\":\"Fusion\",\"Q\":\"?\""),
            "test");

    assertThat(card.labelNames().keySet()).containsExactly("N", "S", "V", "F", "Q");
    assertThat(card.nameOf("V")).isEqualTo("Ventricular");
    assertThat(ModelCardJson.read(ModelCardJson.write(card), "test")).isEqualTo(card);
  }

  @Test
  void itKnowsItsInput() {
    assertThat(ModelCards.beats().inputRows()).isEqualTo(3);
    assertThat(ModelCards.beats().windowSamples()).isEqualTo(64);
  }

  @Nested
  class Refusals {
    private void assertRefused(String find, String replacement, String reason) {
      assertThat(JSON).contains(find);
      assertThatThrownBy(() -> ModelCardJson.read(JSON.replace(find, replacement), "a.onnx"))
          .isInstanceOf(InvalidModelCardException.class)
          .hasMessageStartingWith("a.onnx: ")
          .hasMessageContaining(reason);
    }

    private void assertEpisodesRefused(String fields, String reason) {
      assertRefused(
          "\"votes\":1", "\"votes\":1,\"episodes\":{" + fields + "}", "episodes: " + reason);
    }

    @Test
    void eachNamesTheFieldAndItsValue() {
      assertRefused("\"schema\":1", "\"schema\":9", "schema is 9; this version reads schema 1");
      assertRefused("\"name\":\"ecg-beats\"", "\"name\":\" \"", "name is missing");
      assertRefused("\"unit\":\"mV\"", "\"unit\":\"kV\"", "unit is 'kV'");
      assertRefused("\"sampleRateHz\":90.0", "\"sampleRateHz\":0", "sampleRateHz is 0.0");
      assertRefused("\"modality\":\"ECG\"", "\"modality\":\"EOG\"", "EOG");
      assertRefused("\"windowSamples\":64", "\"windowSamples\":0", "windowSamples is 0");
      assertRefused("\"samplesBefore\":24", "\"samplesBefore\":64", "samplesBefore is 64");
      assertRefused("[\"N\",\"S\"", "[\"N\",\"N\"", "expected at least two, each once");
      assertRefused("[\"N\",\"S\"", "[\"N\",\" \"", "expected none that is blank");
      assertRefused("[\"N\",\"S\"", "[\"N\",\"UNCLASSIFIABLE\"", "which stands for no label");
      assertRefused("\"logitBias\":[0.0,", "\"logitBias\":[", "logitBias has 4 values");
      assertRefused("\"votes\":1", "\"votes\":0", "votes is 0");
      assertEpisodesRefused("\"onsetProbability\":1.5", "onsetProbability is 1.5; expected 0 to 1");
      assertEpisodesRefused(
          "\"onsetProbability\":0.4,\"offsetProbability\":0.5",
          "offsetProbability is 0.5; expected at most onsetProbability, 0.4");
      assertEpisodesRefused("\"minimumSeconds\":-1", "minimumSeconds is -1.0; expected 0 to 3600");
      assertEpisodesRefused("\"background\":[\"X\"]", "background is [X]; expected some of [N, S");
      assertRefused("\"kind\":\"notch\"", "\"kind\":\"comb\"", "comb");
      assertRefused("\"order\":4", "\"order\":40", "filter order is 40; expected 1 to 8");
      assertRefused("\"accepts\":[\"V1\",\"*\"]", "\"accepts\":[]", "'V1' accepts nothing");
    }

    private void assertNamesRefused(String names) {
      assertThatThrownBy(() -> ModelCardJson.read(named(names), "a.onnx"))
          .isInstanceOf(InvalidModelCardException.class)
          .hasMessageStartingWith("a.onnx: model card: labelNames is {")
          .hasMessageEndingWith(
              "; expected a name of its own, of 1 to 64 characters, for each of [N, S, V, F, Q]");
    }

    @Test
    void namesMustBeOneForEachLabelAndTellThemApart() {
      String four = "\"N\":\"n\",\"S\":\"s\",\"V\":\"v\",\"F\":\"f\"";
      assertNamesRefused(four);
      assertNamesRefused(four + ",\"X\":\"x\"");
      assertNamesRefused(four + ",\"Q\":\"q\",\"X\":\"x\"");
      assertNamesRefused(four + ",\"Q\":\" \"");
      assertNamesRefused(four + ",\"Q\":null");
      assertNamesRefused(four + ",\"Q\":\"n\"");
      assertNamesRefused(four + ",\"Q\":\"" + "q".repeat(65) + "\"");
    }

    @Test
    void whatIsNotJsonIsCalledSo() {
      assertThatThrownBy(() -> ModelCardJson.read("hello", "a.onnx"))
          .isInstanceOf(InvalidModelCardException.class)
          .hasMessageContaining("a.onnx: the model card is not JSON");
      assertThatThrownBy(() -> ModelCardJson.read("{}", "a.onnx"))
          .isInstanceOf(InvalidModelCardException.class);
      assertThatThrownBy(() -> ModelCardJson.read("null", "a.onnx"))
          .isInstanceOf(InvalidModelCardException.class)
          .hasMessage("a.onnx: the model card is null; expected a JSON object");
      assertThatThrownBy(() -> ModelCardJson.read("[]", "a.onnx"))
          .isInstanceOf(InvalidModelCardException.class);
      assertThatThrownBy(() -> ModelCardJson.read("", "a.onnx"))
          .isInstanceOf(InvalidModelCardException.class);
    }
  }

  @Property(tries = 1000)
  void damagedTextNeverThrowsAnythingElse(
      @ForAll @IntRange(max = 100_000) int position, @ForAll char replacement) {
    int at = position % JSON.length();
    String damaged = JSON.substring(0, at) + replacement + JSON.substring(at + 1);
    try {
      ModelCardJson.read(damaged, "a.onnx");
    } catch (InvalidModelCardException e) {
      assertThat(e).hasMessageStartingWith("a.onnx: ");
    }
  }
}
