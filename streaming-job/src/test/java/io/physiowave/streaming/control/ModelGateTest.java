package io.physiowave.streaming.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.streaming.model.Canary;
import io.physiowave.streaming.model.ModelAssignment;
import io.physiowave.streaming.model.ModelCandidates;
import io.physiowave.streaming.model.ModelFile;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.testing.TestModels;
import io.physiowave.streaming.types.TopicRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelGateTest extends GateHarness {
  private void wish(String name, String version, String location, String sha256) throws Exception {
    wish(
        ControlJson.write(
            ModelDeployment.empty(name)
                .publish(new ModelRelease(version, location, sha256))
                .activate(version)));
  }

  private void assertRefused(String reason) {
    assertThat(harness.extractOutputValues()).isEmpty();
    assertThat(status().accepted()).isFalse();
    assertThat(status().reason()).contains(reason);
  }

  @Test
  void aModelThatKeepsWhatItsCardSaysPasses() throws Exception {
    wish("test-emg", "1", model.location(), model.sha256());

    assertThat(harness.extractOutputValues())
        .containsExactly(
            new ModelAssignment("test-emg", Optional.of(model), ModelCandidates.NONE, 1, 0));
    assertThat(status().accepted()).isTrue();
    assertThat(status().version()).isEqualTo("1");
    assertThat(status().sha256()).isEqualTo(model.sha256());
    assertThat(registered.count("modelsAccepted")).isEqualTo(1);
    assertThat(registered.count("modelsRefused")).isZero();
  }

  @Test
  void aReleaseThatIsNotActivatedIsLeftAlone() throws Exception {
    wish(
        ControlJson.write(
            ModelDeployment.empty("test-emg")
                .publish(new ModelRelease("1", "nowhere.onnx", model.sha256()))));
    wish((byte[]) null);

    assertThat(harness.getOutput()).isEmpty();
    assertThat(harness.getSideOutput(ModelStatus.TAG)).isNull();
  }

  @Test
  void aFileThatIsNotThereIsRefused() throws Exception {
    wish("test-emg", "1", directory.resolve("gone.onnx").toString(), model.sha256());

    assertRefused("gone.onnx: no such model file");
    assertThat(registered.count("modelsRefused")).isEqualTo(1);
    assertThat(registered.count("modelsAccepted")).isZero();
  }

  @Test
  void whyAModelIsRefusedIsOneLine() throws Exception {
    wish("test-emg", "1", directory.resolve("two \n lines.onnx").toString(), model.sha256());

    assertRefused(directory + "/two lines.onnx: no such model file");
  }

  @Test
  void aFileWithAnotherHashIsRefused() throws Exception {
    wish("test-emg", "1", model.location(), "0".repeat(64));

    assertRefused("expected " + "0".repeat(64));
    assertThat(status().sha256()).isEqualTo("0".repeat(64));
  }

  @Test
  void aFileWithAnotherCardIsRefused() throws Exception {
    wish("test-emg", "2", model.location(), model.sha256());

    assertRefused("the card is of test-emg 1; expected test-emg 2");
  }

  @Test
  void aFileOfAnotherModelIsRefused() throws Exception {
    wish("test-other", "1", model.location(), model.sha256());

    assertRefused("the card is of test-emg 1; expected test-other 1");
  }

  @Test
  void aModelThatAnswersInAnotherShapeIsRefused() throws Exception {
    ServedModel wrong = served(5);

    wish("test-emg", "1", wrong.location(), wrong.sha256());

    assertRefused("(1, 5)");
  }

  @Test
  void aWishThatCannotBeReadIsRefused() throws Exception {
    wish("now!".getBytes(StandardCharsets.UTF_8));

    assertRefused("not JSON");
    assertThat(status().name()).isEqualTo("test-emg");
  }

  @Test
  void aRecordThatSaysNullIsRefusedAndFailsNothing() throws Exception {
    wish("null".getBytes(StandardCharsets.UTF_8));

    assertRefused("the text is null");
    assertThat(status().name()).isEqualTo("test-emg");
    wish("test-emg", "1", model.location(), model.sha256());
    assertThat(harness.extractOutputValues()).hasSize(1);
  }

  @Test
  void whatIsOnTrialPassesWithWhatServes() throws Exception {
    ServedModel second = other("2", TestModels.EMG_WINDOW);
    ModelDeployment wanted =
        ModelDeployment.empty("test-emg")
            .publish(release(model))
            .publish(release(second))
            .activate("1")
            .withShadow("2")
            .withCanary("2", 0.25);

    wish(ControlJson.write(wanted.after(wanted)));

    assertThat(harness.extractOutputValues())
        .containsExactly(
            new ModelAssignment(
                "test-emg",
                Optional.of(model),
                new ModelCandidates(Optional.of(second), Optional.of(new Canary(second, 0.25))),
                1,
                3));
    assertThat(status().accepted()).isTrue();
    assertThat(status().revision()).isEqualTo(1);
    assertThat(status().shadow()).isEqualTo("2");
    assertThat(status().canary()).isEqualTo(new CanaryRelease("2", 0.25));
  }

  @Test
  void aShadowThatReadsOtherWindowsIsRefusedAlsoAfterARestart() throws Exception {
    wish("test-emg", "1", model.location(), model.sha256());
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();
    open(snapshot);
    ServedModel longer = other("2", TestModels.EMG_WINDOW * 2);

    // It does not say what serves: the gate remembers.
    wish(
        ControlJson.write(
            ModelDeployment.empty("test-emg")
                .publish(release(longer))
                .publish(release(other("3", TestModels.EMG_WINDOW)))
                .withShadow("2")
                .withCanary("3", 0.5)));

    assertRefused("windows differ from those of test-emg 1");
    assertThat(status().version()).isEqualTo("2");
  }

  @Test
  void aTrialBesideNothingIsRefused() throws Exception {
    ModelDeployment published = ModelDeployment.empty("test-emg").publish(release(model));
    for (ModelDeployment trial :
        List.of(published.withCanary("1", 0.5), published.withShadow("1"))) {
      wish(ControlJson.write(trial.after(published)));

      assertRefused("no model serves EMG");
    }
    assertThat(harness.getSideOutput(ModelStatus.TAG)).hasSize(2);
  }

  /** Its card says so; its channel takes whatever a stream has. */
  private ServedModel ofTheHeart(String version) throws Exception {
    return ModelFile.read(
            TestModels.write(
                    Files.createTempDirectory(directory, "heart"),
                    TestModels.renamed(TestModels.ecg(), "test-emg", version))
                .toString())
        .served();
  }

  @Test
  void aTrialOfAModelForAnotherKindOfSignalIsRefused() throws Exception {
    ServedModel heart = ofTheHeart("3");
    ModelDeployment published =
        ModelDeployment.empty("test-emg")
            .publish(release(model))
            .publish(release(other("2", TestModels.EMG_WINDOW)))
            .publish(release(heart));

    for (ModelDeployment trial :
        List.of(
            published.activate("1").withCanary("3", 0.5),
            published.activate("1").withShadow("2").withCanary("3", 0.5),
            published.activate("1").withShadow("3").withCanary("2", 0.5))) {
      wish(ControlJson.write(trial));

      assertRefused(heart + ": reads ECG, but test-emg 1");
      assertThat(
              harness.getSideOutput(ModelStatus.TAG).stream()
                  .map(record -> record.getValue().version()))
          .containsOnly("3");
    }
  }

  @Test
  void oneThatWasOvertakenIsAnsweredAndChangesNothing() throws Exception {
    ModelDeployment wanted =
        ModelDeployment.empty("test-emg").publish(release(model)).activate("1");
    byte[] key = "test-emg".getBytes(StandardCharsets.UTF_8);
    TopicRecord record = new TopicRecord(key, ControlJson.write(wanted.after(wanted)), 0, 0, 0);

    harness.processElement(
        new CheckedWish(record, List.of(CheckedRelease.refused("1", CheckedRelease.OVERTAKEN))), 0);

    assertRefused(CheckedRelease.OVERTAKEN);
    assertThat(status().revision()).isEqualTo(1);
    assertThat(registered.count("modelsRefused")).isZero();
  }

  @Test
  void theEndOfATrialPassesWithoutAnyModel() throws Exception {
    wish("test-emg", "1", model.location(), model.sha256());
    ModelDeployment trial =
        ModelDeployment.empty("test-emg")
            .publish(release(other("2", TestModels.EMG_WINDOW)))
            .withShadow("2");
    wish(ControlJson.write(trial));

    wish(ControlJson.write(trial.stop()));

    assertThat(harness.extractOutputValues())
        .hasSize(3)
        .last()
        .isEqualTo(new ModelAssignment("test-emg", Optional.empty(), ModelCandidates.NONE, 0, 0));
  }

  @Test
  void aNameThatOnlyPublishesTakesNothingBackFromOneThatWasActivatedLater() throws Exception {
    Rivals rivals = rivals();
    wish(ControlJson.write(rivals.first()));
    wish(ControlJson.write(rivals.second()));
    assertThat(latest().serving()).isPresent();
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    close();
    open(snapshot);

    ModelDeployment published = rivals.first().publish(release(other("2", 40)));
    wish(ControlJson.write(published));

    assertThat(latest())
        .isEqualTo(new ModelAssignment("test-emg", Optional.empty(), ModelCandidates.NONE, 1, 0));
    assertThat(status().accepted()).isTrue();
    assertThat(status().version()).isEmpty();

    wish(
        ControlJson.write(
            published.activate("1").activatedAfter(List.of(published, rivals.second()))));
    assertThat(latest().serving()).contains(model);
  }

  @Test
  void theOrderOfActivationsHoldsAlsoWhereCompactionLeftAnotherOne() throws Exception {
    Rivals rivals = rivals();

    wish(ControlJson.write(rivals.second()));
    wish(ControlJson.write(rivals.first()));

    assertThat(latest().name()).isEqualTo("test-emg");
    assertThat(latest().serving()).isEmpty();
  }

  @Test
  void theOrderOfActivationsHoldsOverARestart() throws Exception {
    Rivals rivals = rivals();
    wish(ControlJson.write(rivals.first()));
    wish(ControlJson.write(rivals.second()));
    wish(
        ControlJson.write(
            rivals.first().activate("1").activatedAfter(List.of(rivals.first(), rivals.second()))));
    assertThat(latest().serving()).contains(model);
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    close();
    open(snapshot);

    wish(ControlJson.write(rivals.second()));

    assertThat(latest())
        .isEqualTo(new ModelAssignment("test-other", Optional.empty(), ModelCandidates.NONE, 2, 0));
  }

  private static ModelDeployment withoutTime(ModelDeployment wanted) {
    return new ModelDeployment(
        wanted.name(), wanted.releases(), wanted.history(), null, null, wanted.revision(), 0, 0);
  }

  @Test
  void recordsThatDoNotSayWhenGoByTheOrderInWhichTheyCome() throws Exception {
    Rivals rivals = rivals();
    ModelDeployment first = withoutTime(rivals.first());
    wish(ControlJson.write(first));
    wish(ControlJson.write(withoutTime(rivals.second())));
    assertThat(latest().name()).isEqualTo("test-other");
    assertThat(latest().serving()).isPresent();

    ServedModel newer = other("2", TestModels.EMG_WINDOW);
    ModelDeployment published = first.publish(release(newer));
    wish(ControlJson.write(published));
    assertThat(latest().name()).isEqualTo("test-emg");
    assertThat(latest().serving()).isEmpty();

    wish(ControlJson.write(withoutTime(published.activate("2"))));
    assertThat(latest().serving()).contains(newer);
  }

  @Test
  void recordsThatDoNotSayWhenTakeNothingBackHoweverOftenTheyAreWritten() throws Exception {
    Rivals rivals = rivals();
    ModelDeployment first = withoutTime(rivals.first());
    wish(ControlJson.write(first));
    wish(ControlJson.write(rivals.second()));
    wish(ControlJson.write(first));
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    close();
    open(snapshot);

    wish(ControlJson.write(first.publish(release(other("2", TestModels.EMG_WINDOW)))));
    Path elsewhere = Files.copy(Path.of(model.location()), directory.resolve("moved.onnx"));
    wish(
        ControlJson.write(
            first.publish(new ModelRelease("1", elsewhere.toString(), model.sha256()))));

    assertThat(harness.extractOutputValues())
        .hasSize(2)
        .allMatch(assignment -> assignment.serving().isEmpty());
  }

  @Test
  void whatServesIsRememberedAlsoWhenALaterRecordOfTheNameDoesNotSaySo() throws Exception {
    wish("test-emg", "1", model.location(), model.sha256());
    // As after the name was deleted from the topic, and published anew.
    ModelDeployment anew =
        ModelDeployment.empty("test-emg").publish(release(other("2", TestModels.EMG_WINDOW)));
    wish(ControlJson.write(anew));
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    close();
    open(snapshot);

    wish(ControlJson.write(anew.withShadow("2")));

    assertThat(status().accepted()).isTrue();
    assertThat(latest().candidates().shadow()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ofTwoActivatedAtOnceTheSameOneServesInWhateverOrderTheyCome(boolean inOrder)
      throws Exception {
    Rivals rivals = rivals();
    ModelDeployment first = rivals.first();
    ModelDeployment second =
        ModelDeployment.empty("test-other")
            .publish(rivals.second().active().orElseThrow())
            .activate("1");
    assertThat(second.activation()).isEqualTo(first.activation());
    List<ModelDeployment> records = inOrder ? List.of(first, second) : List.of(second, first);

    for (ModelDeployment record : records) {
      wish(ControlJson.write(record));
    }

    assertThat(harness.extractOutputValues())
        .filteredOn(assignment -> assignment.serving().isPresent())
        .extracting(ModelAssignment::name)
        .endsWith("test-other")
        .hasSize(inOrder ? 2 : 1);
  }
}
