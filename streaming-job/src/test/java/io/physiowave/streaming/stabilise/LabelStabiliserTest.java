package io.physiowave.streaming.stabilise;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.card.Decision;
import io.physiowave.core.card.EpisodeRules;
import io.physiowave.core.card.ModelCard;
import io.physiowave.core.frame.Modality;
import io.physiowave.core.label.LabelEvent;
import io.physiowave.core.label.LabelIdentity;
import io.physiowave.core.quality.QualityLevel;
import io.physiowave.core.quality.SignalQuality;
import io.physiowave.streaming.infer.InferredWindow;
import io.physiowave.streaming.infer.WindowRole;
import io.physiowave.streaming.model.ModelCatalogue;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.options.StabiliseOptions;
import io.physiowave.streaming.testing.TestModels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelStabiliserTest {
  private static final SignalQuality BAD = new SignalQuality(QualityLevel.BAD, "flatline 100 %");
  private static final float[] REST = {0.8f, 0.1f, 0.1f};
  private static final float[] FIST = {0.1f, 0.7f, 0.2f};
  private static final float[] WAVE = {0.2f, 0.2f, 0.6f};
  private static final float[] UNSURE = {0.34f, 0.33f, 0.33f};

  @TempDir Path directory;

  private ServedModel model;
  private String session = "s";
  private long start;

  private KeyedOneInputStreamOperatorTestHarness<String, InferredWindow, LabelEvent> harness;

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private KeyedOneInputStreamOperatorTestHarness<String, InferredWindow, LabelEvent> open(
      ModelCard card, StabiliseOptions options) throws Exception {
    return open(TestModels.catalogue(directory, card), options, null);
  }

  private KeyedOneInputStreamOperatorTestHarness<String, InferredWindow, LabelEvent> open(
      ModelCatalogue models, StabiliseOptions options, OperatorSubtaskState snapshot)
      throws Exception {
    model = models.models().get(0);
    var made =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new LabelStabiliser(options, Duration.ofMinutes(1))),
            InferredWindow::streamId,
            Types.STRING);
    made.setup(LabelEventFlinkSerializer.INSTANCE);
    if (snapshot != null) {
      made.initializeState(snapshot);
    }
    made.open();
    return made;
  }

  private static ModelCard voting(int votes, double minimumProbability) {
    return TestModels.emg(new Decision(List.of(), minimumProbability, votes));
  }

  private InferredWindow window(String stream, float... probabilities) {
    return window(WindowRole.SERVES, stream, probabilities);
  }

  private InferredWindow window(WindowRole role, String stream, float... probabilities) {
    InferredWindow window =
        new InferredWindow(
            stream,
            session,
            Modality.EMG,
            200,
            start,
            start + 40,
            start * 5_000,
            (start + 40) * 5_000,
            -1,
            probabilities.length == 0 ? BAD : SignalQuality.GOOD,
            7,
            8,
            9,
            model,
            probabilities,
            "",
            role,
            "",
            "");
    start += 20;
    return window;
  }

  private List<String> labels() {
    return harness.extractOutputValues().stream().map(LabelEvent::label).toList();
  }

  @Nested
  class AShadow {
    private void window(float[] serving, float[] shadow) throws Exception {
      harness.processElement(
          LabelStabiliserTest.this.window(WindowRole.SERVES_COMPARED, "arm", serving), 0);
      start -= 20;
      harness.processElement(LabelStabiliserTest.this.window(WindowRole.SHADOWS, "arm", shadow), 0);
    }

    @Test
    void votesForItselfAndIsComparedWindowByWindow() throws Exception {
      harness = open(voting(3, 0), StabiliseOptions.AS_CARD);
      window(FIST, REST);
      window(FIST, REST);
      window(REST, REST);
      window(REST, REST);

      assertThat(labels()).containsExactly("FIST", "FIST", "FIST", "REST");
      assertThat(harness.getSideOutput(LabelStabiliser.SHADOW_LABELS))
          .extracting(record -> record.getValue().label())
          .containsOnly("REST")
          .hasSize(4);
      assertThat(harness.getSideOutput(LabelComparison.TAG))
          .extracting(record -> record.getValue().agrees())
          .containsExactly(false, false, false, true);
    }
  }

  @Test
  void labelsThatCountLeaveOnceMoreWithWhatTheirModelsCardSaysOfEpisodes() throws Exception {
    EpisodeRules rules = new EpisodeRules(0.6, null, null, List.of("REST"));
    harness = open(TestModels.emg(Decision.ARG_MAX.with(rules)), StabiliseOptions.AS_CARD);
    harness.processElement(window(WindowRole.SERVES_COMPARED, "arm", FIST), 0);
    start -= 20;
    harness.processElement(window(WindowRole.SHADOWS, "arm", WAVE), 0);

    assertThat(harness.getSideOutput(DecidedLabel.TAG))
        .extracting(record -> record.getValue())
        .containsExactly(new DecidedLabel(harness.extractOutputValues().get(0), rules));
  }

  @Nested
  class ALabel {
    @Test
    void saysEverythingThatIsKnownOfItsWindow() throws Exception {
      harness = open(voting(1, 0), StabiliseOptions.AS_CARD);
      harness.processElement(window("arm", FIST), 0);

      LabelEvent label = harness.extractOutputValues().get(0);
      assertThat(label.label()).isEqualTo("FIST");
      assertThat(label.probability()).isEqualTo(0.7f);
      assertThat(label.probabilities())
          .containsExactly(
              Map.entry("REST", 0.1f), Map.entry("FIST", 0.7f), Map.entry("WAVE", 0.2f));
      assertThat(label.id()).isEqualTo(LabelIdentity.of("arm", "s", 0, model.reference()));
      assertThat(label.timing().lastSampleArrivalMicros()).isEqualTo(7);
      assertThat(label.beatSample()).isEmpty();
    }

    @Test
    void isWithheldWithTheReasonWhenTheSignalIsBad() throws Exception {
      harness = open(voting(1, 0), StabiliseOptions.AS_CARD);
      harness.processElement(window("arm"), 0);

      LabelEvent label = harness.extractOutputValues().get(0);
      assertThat(label.isUnclassifiable()).isTrue();
      assertThat(label.unclassifiableReason()).isEqualTo("flatline 100 %");
      assertThat(label.probabilities()).isEmpty();
    }

    /** As a double, the model's 0.7 is less than 0.7. */
    @Test
    void isSaidFromTheMinimumOnAsAModelWouldWriteIt() throws Exception {
      harness = open(voting(1, 0.7), StabiliseOptions.AS_CARD);
      harness.processElement(window("arm", 0.1f, 0.7f, 0.2f), 0);
      harness.processElement(window("arm", 0.1f, Math.nextDown(0.7f), 0.2f), 0);

      assertThat(labels()).containsExactly("FIST", LabelEvent.UNCLASSIFIABLE);
      assertThat(harness.extractOutputValues().get(1).unclassifiableReason())
          .isEqualTo("probability 0.69 of FIST is below 0.70");
    }

    @Test
    void isWithheldWithAsManyDigitsAsTheLimitHas() throws Exception {
      harness = open(voting(1, 0.705), StabiliseOptions.AS_CARD);
      harness.processElement(window("arm", 0.1f, 0.704f, 0.196f), 0);

      assertThat(harness.extractOutputValues().get(0).unclassifiableReason())
          .isEqualTo("probability 0.704 of FIST is below 0.705");
    }

    @Test
    void isWithheldWhenTheModelIsUnsureOrAnswersNonsense() throws Exception {
      harness = open(voting(1, 0.5), StabiliseOptions.AS_CARD);
      harness.processElement(window("arm", UNSURE), 0);
      harness.processElement(window("arm", 0.4996f, 0.3f, 0.2f), 0);
      harness.processElement(window("arm", Float.NaN, 0, 0), 0);

      assertThat(harness.extractOutputValues())
          .extracting(LabelEvent::unclassifiableReason)
          .containsExactly(
              "probability 0.34 of REST is below 0.50",
              "probability 0.49 of REST is below 0.50",
              "the model's answer is not a number");
    }

    @Test
    void followsTheJobsOptionsWhereTheyReplaceTheCards() throws Exception {
      harness = open(voting(3, 0.9), new StabiliseOptions(1, 0.3));
      harness.processElement(window("arm", REST), 0);
      harness.processElement(window("arm", FIST), 0);

      assertThat(labels()).containsExactly("REST", "FIST");
    }
  }

  @Nested
  class Votes {
    @Test
    void outvoteASingleWindow() throws Exception {
      harness = open(voting(3, 0), StabiliseOptions.AS_CARD);
      for (float[] answer : List.of(REST, REST, FIST, REST, FIST, FIST)) {
        harness.processElement(window("arm", answer), 0);
      }

      assertThat(labels()).containsExactly("REST", "REST", "REST", "REST", "FIST", "FIST");
    }

    @Test
    void countAlsoWhereWindowsOnlyTouch() throws Exception {
      harness = open(voting(3, 0), StabiliseOptions.AS_CARD);
      for (float[] answer : List.of(REST, REST, FIST)) {
        harness.processElement(window("arm", answer), 0);
        start += 20;
      }

      assertThat(labels()).containsExactly("REST", "REST", "REST");
    }

    @Test
    void ofAStreamThatFellSilentAreForgotten() throws Exception {
      harness = open(voting(3, 0), StabiliseOptions.AS_CARD);
      harness.setStateTtlProcessingTime(1);
      harness.processElement(window("arm", REST), 0);
      harness.processElement(window("arm", REST), 0);
      harness.setStateTtlProcessingTime(Duration.ofMinutes(1).toMillis() + 1);
      harness.processElement(window("arm", FIST), 0);

      assertThat(labels()).containsExactly("REST", "REST", "FIST");
    }

    @Test
    void areCastWithExactlyTheMinimumProbability() throws Exception {
      harness = open(voting(1, 0.5), StabiliseOptions.AS_CARD);
      harness.processElement(window("arm", 0.5f, 0.25f, 0.25f), 0);

      assertThat(labels()).containsExactly("REST");
    }

    @Test
    void thatTieGoToTheNewest() throws Exception {
      harness = open(voting(3, 0), StabiliseOptions.AS_CARD);
      for (float[] answer : List.of(REST, FIST, WAVE)) {
        harness.processElement(window("arm", answer), 0);
      }

      assertThat(labels()).containsExactly("REST", "FIST", "WAVE");
    }

    @Test
    void growOldWhileTheSignalIsBad() throws Exception {
      harness = open(voting(3, 0), StabiliseOptions.AS_CARD);
      harness.processElement(window("arm", REST), 0);
      harness.processElement(window("arm", REST), 0);
      harness.processElement(window("arm"), 0);
      harness.processElement(window("arm"), 0);
      harness.processElement(window("arm", FIST), 0);

      assertThat(labels())
          .containsExactly("REST", "REST", "UNCLASSIFIABLE", "UNCLASSIFIABLE", "FIST");
    }

    @Test
    void areNotCarriedOverASessionAGapOrToAnotherStream() throws Exception {
      harness = open(voting(3, 0), StabiliseOptions.AS_CARD);
      harness.processElement(window("arm", REST), 0);
      harness.processElement(window("arm", REST), 0);
      harness.processElement(window("leg", FIST), 0);
      session = "next";
      harness.processElement(window("arm", FIST), 0);
      harness.processElement(window("arm", FIST), 0);
      start += 1_000;
      harness.processElement(window("arm", WAVE), 0);

      assertThat(labels()).containsExactly("REST", "REST", "FIST", "FIST", "FIST", "WAVE");
    }

    @Test
    void surviveARestartSoThatAReplayRepeatsTheLabels() throws Exception {
      harness = open(voting(5, 0), StabiliseOptions.AS_CARD);
      for (float[] answer : List.of(REST, REST, FIST)) {
        harness.processElement(window("arm", answer), 0);
      }
      OperatorSubtaskState snapshot = harness.snapshot(1, 1);
      List<InferredWindow> rest =
          List.of(window("arm", FIST), window("arm", WAVE), window("arm", FIST));
      for (InferredWindow window : rest) {
        harness.processElement(window, 0);
      }
      List<String> uninterrupted = labels().subList(3, 6);
      harness.close();
      harness = open(new ModelCatalogue(List.of(model)), StabiliseOptions.AS_CARD, snapshot);
      for (InferredWindow window : rest) {
        harness.processElement(window, 0);
      }

      assertThat(labels()).isEqualTo(uninterrupted);
    }
  }

  @Test
  void votesOfACountThatBeginsAnewAreItsOwn() throws Exception {
    harness = open(voting(3, 0), StabiliseOptions.AS_CARD);
    start = 1_000;
    harness.processElement(window("arm", FIST), 0);
    harness.processElement(window("arm", FIST), 0);
    start = 0;
    harness.processElement(window("arm", WAVE), 0);

    assertThat(labels()).containsExactly("FIST", "FIST", "WAVE");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0.1f, 1.1f})
  void whatIsNoProbabilityIsNoAnswer(float value) throws Exception {
    harness = open(voting(3, 0), StabiliseOptions.AS_CARD);
    harness.processElement(window("arm", FIST), 0);
    harness.processElement(window("arm", FIST), 0);
    harness.processElement(window("arm", 0.6f, value, 0.4f), 0);

    assertThat(labels()).containsExactly("FIST", "FIST", LabelEvent.UNCLASSIFIABLE);
  }
}
