package io.physiowave.streaming.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.frame.Modality;
import io.physiowave.streaming.model.Canary;
import io.physiowave.streaming.model.ModelAssignment;
import io.physiowave.streaming.model.ModelCandidates;
import io.physiowave.streaming.model.ModelCatalogue;
import io.physiowave.streaming.model.ModelRoles;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.testing.TestModels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What another name ends of a trial, whatever is written or read again afterwards. */
class EndedTrialTest extends GateHarness {
  private ServedModel second;
  private ModelDeployment trial;
  private ModelDeployment successor;

  @BeforeEach
  void write() throws Exception {
    second = other("2", TestModels.EMG_WINDOW);
    trial = rivals().first().publish(release(second)).withShadow("2");
    successor = rivals().second().activatedAfter(List.of(trial));
  }

  private void wish(ModelDeployment wanted) throws Exception {
    wish(ControlJson.write(wanted));
  }

  private void restart() throws Exception {
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    close();
    open(snapshot);
  }

  /** What subtasks hold that have heard all since the job began. */
  private static ModelCandidates onTrial(List<ModelAssignment> all) {
    ModelRoles roles = ModelRoles.of(new ModelCatalogue(List.of()));
    for (ModelAssignment assignment : all) {
      roles = roles.with(assignment);
    }
    return roles.candidates(Modality.EMG);
  }

  private ModelStatus answer() {
    List<ModelStatus> all = new ArrayList<>();
    harness.getSideOutput(ModelStatus.TAG).forEach(record -> all.add(record.getValue()));
    return all.get(all.size() - 1);
  }

  @Test
  void doesNotBeginAnewWhenItsRecordIsWrittenAgain() throws Exception {
    wish(trial);
    assertThat(latest().candidates().shadow()).contains(second);
    wish(successor);

    wish(trial);

    assertThat(onTrial(harness.extractOutputValues())).isEqualTo(ModelCandidates.NONE);
    assertThat(answer().accepted()).isTrue();
    assertThat(answer().shadow()).isNull();
  }

  @Test
  void doesNotBeginAnewAfterARestartEither() throws Exception {
    wish(trial);
    wish(successor);
    wish(trial);
    restart();

    wish(trial.publish(release(other("3", TestModels.EMG_WINDOW))));

    assertThat(onTrial(harness.extractOutputValues())).isEqualTo(ModelCandidates.NONE);
    assertThat(answer().accepted()).isTrue();
  }

  @Test
  void doesNotBeginWhereTheTopicIsReadInAnotherOrder() throws Exception {
    wish(successor);
    wish(trial);

    assertThat(onTrial(harness.extractOutputValues())).isEqualTo(ModelCandidates.NONE);
  }

  @Test
  void asksNothingOfTheWindowsThatItWouldRead() throws Exception {
    ServedModel longer = other("2", TestModels.EMG_WINDOW * 2);
    wish(successor);
    wish(rivals().first().publish(release(longer)).withShadow("2"));

    assertThat(answer().accepted()).isTrue();
  }

  @Test
  void beginsAnewWhenItIsAskedForAgain() throws Exception {
    wish(trial);
    wish(successor);

    wish(trial.withShadow("2").triedAfter(List.of(successor)));

    assertThat(onTrial(harness.extractOutputValues()).shadow()).contains(second);
    assertThat(answer().shadow()).isEqualTo("2");
  }

  @Test
  void goesOnWhereTheServingNameIsOnlyWrittenAgain() throws Exception {
    ModelDeployment serving = rivals().second();
    ModelDeployment later = trial.triedAfter(List.of(serving));
    wish(serving);
    wish(later);
    wish(serving.publish(serving.releases().get(0)));
    assertThat(onTrial(harness.extractOutputValues()).shadow()).contains(second);

    restart();
    wish(serving);
    assertThat(latest().candidates().shadow()).contains(second);
    wish(later.stop());

    assertThat(latest().candidates()).isEqualTo(ModelCandidates.NONE);
    restart();
    wish(serving);
    assertThat(latest().candidates()).isEqualTo(ModelCandidates.NONE);
  }

  @Test
  void goesOnWhereItIsReadBeforeTheNameThatServedAlready() throws Exception {
    ModelDeployment serving = rivals().second();
    wish(trial.triedAfter(List.of(serving)));

    wish(serving);

    assertThat(onTrial(harness.extractOutputValues()).shadow()).contains(second);
  }

  @Test
  void isEndedByATrialOfAnotherNameForGood() throws Exception {
    ModelDeployment published =
        ModelDeployment.empty("test-other").publish(rivals().second().releases().get(0));
    ModelDeployment displacing =
        published.withCanary(published.releases().get(0).version(), 0.5).triedAfter(List.of(trial));
    wish(trial);
    wish(displacing);

    wish(trial);

    ModelCandidates held = onTrial(harness.extractOutputValues());
    assertThat(held.shadow()).isEmpty();
    assertThat(held.canary().map(Canary::share)).contains(0.5);
    assertThat(latest().serving()).contains(model);
  }

  @Test
  void isUnknownInRecordsThatDoNotSayWhenItBegan() throws Exception {
    ModelDeployment untold =
        new ModelDeployment(
            "test-emg", trial.releases(), trial.history(), "2", null, 1, trial.activation(), 0);
    wish(successor);

    wish(untold);

    assertThat(onTrial(harness.extractOutputValues()).shadow()).contains(second);
    assertThat(latest().serving()).isEqualTo(Optional.empty());
  }
}
