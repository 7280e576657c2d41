package io.physiowave.core.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.physiowave.core.card.Decision;
import io.physiowave.core.card.ModelCard;
import io.physiowave.core.card.ModelChannel;
import io.physiowave.core.card.Provenance;
import io.physiowave.core.card.Windowing;
import io.physiowave.core.frame.Modality;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final int SAMPLES = 40;
  private static final ModelCard CARD = card("arm", "mV", List.of("rest", "fist", "wave"));

  /** Strengths of the two channels in millivolts, by label. */
  private static final Map<String, double[]> STRENGTHS =
      Map.of(
          "rest", new double[] {0.01, 0.01},
          "fist", new double[] {0.3, 0.05},
          "wave", new double[] {0.05, 0.3});

  @Test
  void theStrengthOfAChannelIsTheLogarithmOfItsRootMeanSquare() {
    float[] strengths = new float[2];
    new ChannelStrengths(2, "mV").of(new float[] {3, -3, 0, 0}, strengths);
    assertThat(strengths[0]).isCloseTo((float) Math.log(3.001), within(1e-6f));
    assertThat(strengths[1]).isCloseTo((float) Math.log(0.001), within(1e-6f));
    float[] inVolts = new float[2];
    new ChannelStrengths(2, "V").of(new float[] {3e-3f, -3e-3f, 0, 0}, inVolts);
    assertThat(inVolts[0]).isCloseTo((float) Math.log(3.001e-3), within(1e-5f));
  }

  @Test
  void whatTheWearerDidScoresHighest() {
    CalibrationScores scores = new CalibrationScores(fitted(1).fit("left", NOW));
    Random random = new Random(2);
    int right = 0;
    for (int i = 0; i < 300; i++) {
      String label = CARD.labels().get(i % 3);
      right += CARD.labels().get(best(scores.of(window(random, label)))).equals(label) ? 1 : 0;
    }
    assertThat(right).isGreaterThanOrEqualTo(295);
  }

  @Test
  void jsonBringsBackTheSameAndItsIdTellsCalibrationsApart() {
    StreamCalibration calibration = fitted(1).fit("left", NOW);
    StreamCalibration again =
        StreamCalibrationJson.decode(StreamCalibrationJson.encode(calibration));
    assertThat(again).isEqualTo(calibration);
    assertThat(
            StreamCalibrationJson.decode(
                StreamCalibrationJson.writeIndented(calibration).getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(calibration);
    assertThat(StreamCalibrationJson.id(again))
        .isEqualTo(StreamCalibrationJson.id(calibration))
        .hasSize(12)
        .isNotEqualTo(StreamCalibrationJson.id(fitted(3).fit("left", NOW)));
    assertThat(calibration.labels())
        .extracting(LabelScore::label, LabelScore::windows)
        .containsExactly(tuple("rest", 12), tuple("fist", 12), tuple("wave", 12));
  }

  @Test
  void itHoldsForItsModelAsLongAsLabelsChannelsAndUnitStay() {
    StreamCalibration calibration = fitted(1).fit("left", NOW);
    assertThat(calibration.mismatch(CARD)).isEmpty();
    assertThat(calibration.mismatch(card("leg", "mV", CARD.labels())))
        .isEqualTo("it is for model arm, not leg");
    assertThat(calibration.mismatch(card("arm", "mV", List.of("rest", "wave", "fist"))))
        .startsWith("its labels are [rest, fist, wave]");
    assertThat(calibration.mismatch(card("arm", "uV", CARD.labels())))
        .isEqualTo("its unit is mV, that of arm is uV");
  }

  @Test
  void aLabelWithTooFewWindowsIsNamed() {
    CalibrationFit fit = new CalibrationFit(CARD);
    Random random = new Random(1);
    for (int i = 0; i < 12; i++) {
      fit.add("rest", window(random, "rest"));
      if (i < 4) {
        fit.add("wave", window(random, "wave"));
      }
      fit.add("fist", window(random, "fist"));
    }
    assertThat(fit.windows()).containsEntry("wave", 4).containsEntry("rest", 12);
    assertThatThrownBy(() -> fit.fit("left", NOW))
        .isInstanceOf(InvalidCalibrationException.class)
        .hasMessage(
            "label 'wave' has 4 windows; expected at least 5 of each of [rest, fist, wave]");
    assertThatThrownBy(() -> fit.add("jump", window(random, "rest")))
        .hasMessage("label 'jump' is not the model's; expected one of [rest, fist, wave]");
  }

  @Test
  void silenceIsFittedToFiniteScores() {
    CalibrationFit fit = new CalibrationFit(CARD);
    for (String label : CARD.labels()) {
      for (int i = 0; i < 5; i++) {
        fit.add(label, new float[2 * SAMPLES]);
      }
    }
    assertThat(new CalibrationScores(fit.fit("left", NOW)).of(new float[2 * SAMPLES]))
        .containsExactly(0, 0, 0);
  }

  @Test
  void badTextIsRefusedWithTheFieldNamed() {
    String good =
        new String(
            StreamCalibrationJson.encode(fitted(1).fit("left", NOW)), StandardCharsets.UTF_8);
    assertRefused("nonsense", "the text is no JSON");
    assertRefused("null", "the text is null");
    assertRefused("{}", "at schema");
    assertRefused(good.replace("\"schema\":1", "\"schema\":2"), "schema is 2; this version reads");
    assertRefused(good.replace("\"left\"", "\"\""), "stream is ''");
    assertRefused(good.replace("\"arm\"", "null"), "model is missing");
    assertRefused(good.replace("\"label\":\"wave\"", "\"label\":\"rest\""), "appears twice");
    assertRefused(good.replace("[\"a\",\"b\"]", "[\"a\"]"), "has 2 weights for 1 channels");
    assertRefused(good.replace("\"windows\":12", "\"windows\":0"), "windows of label 'rest' is 0");
    assertRefused(good.replace("\"weights\":[", "\"weights\":[1e999,"), "not finite");
    assertRefused(good.replace("\"labels\":[", "\"labels\":7,\"x\":["), " at labels");
  }

  private static void assertRefused(String json, String why) {
    assertThatThrownBy(() -> StreamCalibrationJson.decode(json.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(InvalidCalibrationException.class)
        .hasMessageContaining(why);
  }

  private static CalibrationFit fitted(long seed) {
    CalibrationFit fit = new CalibrationFit(CARD);
    Random random = new Random(seed);
    for (int i = 0; i < 36; i++) {
      String label = CARD.labels().get(i % 3);
      fit.add(label, window(random, label));
    }
    return fit;
  }

  private static float[] window(Random random, String label) {
    float[] window = new float[2 * SAMPLES];
    for (int i = 0; i < window.length; i++) {
      window[i] = (float) (random.nextGaussian() * STRENGTHS.get(label)[i / SAMPLES]);
    }
    return window;
  }

  private static int best(float[] scores) {
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      best = scores[i] > scores[best] ? i : best;
    }
    return best;
  }

  private static ModelCard card(String name, String unit, List<String> labels) {
    return new ModelCard(
        ModelCard.SCHEMA,
        name,
        "1.0.0",
        "gesture-classification",
        Modality.EMG,
        labels,
        List.of(
            new ModelChannel("a", List.of("a"), true), new ModelChannel("b", List.of("b"), true)),
        unit,
        200,
        new Windowing.Sliding(SAMPLES, 20),
        List.of(),
        Map.of(),
        new Decision(List.of(), 0, 1),
        21,
        0,
        new Provenance(List.of(), "none", 1, Map.of(), "0", "none", "2026-01-02"),
        List.of());
  }
}
