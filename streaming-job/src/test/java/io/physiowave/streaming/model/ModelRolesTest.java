package io.physiowave.streaming.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.card.Decision;
import io.physiowave.core.card.ModelCard;
import io.physiowave.core.frame.Modality;
import io.physiowave.streaming.testing.TestModels;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who serves and who is on trial after one wish and another. */
class ModelRolesTest {
  private static final ServedModel EMG = served(TestModels.emg(Decision.ARG_MAX));
  private static final ServedModel EMG_2 = served(TestModels.emg(Decision.ARG_MAX, "2"));
  private static final ServedModel EMG_3 = served(TestModels.emg(Decision.ARG_MAX, "3"));
  private static final ServedModel OTHER =
      served(TestModels.emgWithLabels(List.of("OPEN", "CLOSED", "PINCH")));
  private static final ServedModel ECG = served(TestModels.ecg());

  private final ModelRoles both = ModelRoles.of(new ModelCatalogue(List.of(EMG, ECG)));

  private static ServedModel served(ModelCard card) {
    return new ServedModel(card.name() + card.version() + ".onnx", "a".repeat(64), card);
  }

  private static ModelAssignment assignment(
      String name, Optional<ServedModel> serving, ServedModel shadow, ServedModel canary) {
    return new ModelAssignment(
        name,
        serving,
        new ModelCandidates(
            Optional.ofNullable(shadow),
            Optional.ofNullable(canary).map(model -> new Canary(model, 0.5))),
        1,
        2);
  }

  private static ModelAssignment trial(ServedModel shadow, ServedModel canary) {
    return assignment("test-emg", Optional.empty(), shadow, canary);
  }

  @Test
  void aTrialLeavesWhatServesAndEndsWhenNothingOfItsNameIsWanted() {
    for (ModelAssignment wanted :
        List.of(trial(EMG_2, null), trial(null, EMG_2), trial(EMG_2, EMG_3))) {
      ModelRoles onTrial = both.with(wanted);
      assertThat(onTrial.serving()).isEqualTo(both.serving());
      assertThat(onTrial.candidates(Modality.EMG)).isEqualTo(wanted.candidates());
      assertThat(onTrial.candidates(Modality.ECG)).isEqualTo(ModelCandidates.NONE);

      assertThat(onTrial.with(trial(null, null)).onTrial()).isEmpty();
    }
  }

  @Test
  void theEndOfATrialLeavesThoseOfOtherNames() {
    ModelRoles onTrial = both.with(trial(EMG_2, null));

    assertThat(onTrial.with(assignment("test-ecg", Optional.empty(), null, null)))
        .isEqualTo(onTrial);
    assertThat(onTrial.with(assignment("test-ecg", Optional.of(ECG), null, null)))
        .isEqualTo(onTrial);
  }

  @Test
  void whatServesAKindOfSignalEndsTheTrialsBesideIt() {
    ModelRoles onTrial = both.with(trial(EMG_2, EMG_3));

    ModelRoles after = onTrial.with(ModelAssignment.serving(OTHER));

    assertThat(after.serving().models()).containsExactlyInAnyOrder(OTHER, ECG);
    assertThat(after.onTrial()).isEmpty();
  }

  @Test
  void oneThatIsSwitchedOffLeavesTheOther() {
    ModelRoles onTrial = both.with(trial(EMG_2, EMG_3));

    assertThat(onTrial.without(EMG_2).onTrial()).containsExactly(EMG_3);
    assertThat(onTrial.without(EMG_3).onTrial()).containsExactly(EMG_2);
    assertThat(onTrial.without(EMG).onTrial()).containsExactly(EMG_2, EMG_3);
  }
}
