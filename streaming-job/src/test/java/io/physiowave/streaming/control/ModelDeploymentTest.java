package io.physiowave.streaming.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelDeploymentTest {
  private static ModelRelease release(String version) {
    return new ModelRelease(
        version,
        "s3://models/" + version + ".onnx",
        Integer.toHexString(version.hashCode() & 15).repeat(64));
  }

  private static ModelDeployment published(String... versions) {
    ModelDeployment deployment = ModelDeployment.empty("emg");
    for (String version : versions) {
      deployment = deployment.publish(release(version));
    }
    return deployment;
  }

  @Nested
  class ARelease {
    @Test
    void servesOnlyOnceItIsActivated() {
      ModelDeployment deployment = published("1", "2");
      assertThat(deployment.active()).isEmpty();

      assertThat(deployment.activate("2").active()).contains(release("2"));
    }

    @Test
    void isNotReplacedUnderTheSameVersion() {
      ModelRelease changed = new ModelRelease("1", "elsewhere.onnx", "f".repeat(64));

      assertThatThrownBy(() -> published("1").publish(changed))
          .hasMessageContaining("a changed file needs a new version");
    }

    @Test
    void thatIsOldIsForgottenUnlessItServed() {
      ModelDeployment deployment = published("0").activate("0");
      for (int i = 1; i < 40; i++) {
        deployment = deployment.publish(release(Integer.toString(i)));
      }

      assertThat(deployment.releases())
          .hasSize(ModelDeployment.MAXIMUM_RELEASES)
          .contains(release("0"), release("39"));
    }

    @Test
    void thatIsPublishedAgainMayHaveMoved() {
      ModelRelease moved = new ModelRelease("1", "elsewhere.onnx", release("1").sha256());

      assertThat(published("1", "2").publish(moved).releases())
          .containsExactly(release("2"), moved);
    }

    @Test
    void thatWasNeverPublishedCannotServe() {
      assertThatThrownBy(() -> published("1").activate("3"))
          .hasMessage("model emg has no release 3; published are [1]");
    }
  }

  @Nested
  class WhatIsToldOfARelease {
    private static final String HASH = "a".repeat(64);

    private void assertRefused(String version, String location, String sha256, String why) {
      assertThatThrownBy(() -> new ModelRelease(version, location, sha256))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(why);
    }

    @Test
    void isItsVersionAndWhereItIs() {
      for (String none : new String[] {null, " "}) {
        assertRefused(none, "a.onnx", HASH, "version '" + none + "' at 'a.onnx'; expected both");
        assertRefused("1", none, HASH, "version '1' at '" + none + "'; expected both");
      }
    }

    @Test
    void isItsHashInLowerCase() {
      for (String wrong : new String[] {null, "abc", HASH + "a", "A".repeat(64)}) {
        assertRefused("1", "a.onnx", wrong, "sha256 is '" + wrong + "'; expected 64 lower-case");
      }
    }
  }

  @Nested
  class ARollback {
    @Test
    void goesBackStepByStep() {
      ModelDeployment deployment =
          published("1", "2", "3").activate("1").activate("2").activate("3");

      assertThat(deployment.rollback().active()).contains(release("2"));
      assertThat(deployment.rollback().rollback().active()).contains(release("1"));
    }

    @Test
    void passesOverWhatServedTwice() {
      ModelDeployment deployment =
          published("1", "2", "3").activate("1").activate("2").activate("3").activate("2");

      assertThat(deployment.rollback().active()).contains(release("3"));
      assertThat(deployment.rollback().rollback().active()).contains(release("1"));
    }

    @Test
    void endsTheTrialOfWhatServesAgain() {
      ModelDeployment deployment =
          published("1", "2").activate("1").activate("2").withShadow("1").withCanary("1", 0.5);

      assertThat(deployment.rollback().shadow()).isNull();
      assertThat(deployment.rollback().canary()).isNull();
    }

    @Test
    void goesBackEightStepsAtMost() {
      ModelDeployment deployment = published("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
      for (int version = 0; version < 10; version++) {
        deployment = deployment.activate(Integer.toString(version));
      }

      assertThat(deployment.history()).containsExactly("2", "3", "4", "5", "6", "7", "8", "9");
    }

    @Test
    void withoutAnythingBeforeIsRefused() {
      assertThatThrownBy(() -> published("1").activate("1").rollback())
          .hasMessage("model emg has nothing to go back to; activated were [1]");
    }
  }

  @Nested
  class ATrial {
    private final ModelDeployment served = published("1", "2", "3").activate("1");

    @Test
    void endsWhenTheReleaseServes() {
      ModelDeployment trial = served.withShadow("2").withCanary("3", 0.1);
      assertThat(trial.active()).contains(release("1"));
      assertThat(trial.shadowRelease()).contains(release("2"));
      assertThat(trial.canaryRelease()).contains(release("3"));

      assertThat(trial.promote().active()).contains(release("3"));
      assertThat(trial.promote().shadowRelease()).contains(release("2"));
      assertThat(trial.promote().canary()).isNull();
      assertThat(trial.promote().promote().history()).containsExactly("1", "3", "2");
      assertThat(trial.promote().promote().shadow()).isNull();
      assertThat(trial.activate("2").shadow()).isNull();
      assertThat(trial.activate("2").canaryRelease()).contains(release("3"));
      assertThat(trial.stop()).isEqualTo(served);
    }

    @Test
    void ofWhatServesOrWasNeverPublishedIsRefused() {
      assertThatThrownBy(() -> served.withShadow("1"))
          .hasMessage("model emg 1 serves already; expected another version");
      assertThatThrownBy(() -> served.withCanary("7", 0.1)).hasMessageContaining("no release 7");
      assertThatThrownBy(() -> served.withCanary("2", 1))
          .hasMessage("canary share is 1.0; expected more than 0 and less than 1");
      assertThatThrownBy(() -> served.withCanary("2", 0)).hasMessageContaining("share is 0.0");
      assertThatThrownBy(() -> served.withCanary("2", Double.NaN)).hasMessageContaining("NaN");
      assertThatThrownBy(served::promote).hasMessageContaining("neither canary nor shadow");
      assertThatThrownBy(served::stop).hasMessageContaining("neither canary nor shadow");
    }

    @Test
    void isKeptWhenManyReleasesAreForgotten() {
      ModelDeployment deployment = served.withCanary("2", 0.5).withShadow("3");
      for (int i = 10; i < 40; i++) {
        deployment = deployment.publish(release(Integer.toString(i)));
      }

      assertThat(deployment.canaryRelease()).contains(release("2"));
      assertThat(deployment.shadowRelease()).contains(release("3"));
    }
  }

  @Nested
  class AnActivation {
    @Test
    void isTheLatestOfAllModels() {
      ModelDeployment first = published("1").activate("1");
      ModelDeployment second =
          ModelDeployment.empty("ecg").publish(release("1")).activate("1").activate("1");
      assertThat(first.activation()).isEqualTo(1);

      assertThat(first.activatedAfter(List.of(first, second)).activation()).isEqualTo(3);
      assertThat(second.activatedAfter(List.of(first)).activation()).isEqualTo(2);
      assertThat(second.activatedAfter(List.of()).activation()).isEqualTo(2);
      assertThat(first.after(first).activation()).isEqualTo(1);
      assertThat(first.after(first.after(first)).revision()).isEqualTo(2);
      assertThat(first.publish(release("2")).withShadow("2").stop().activation()).isEqualTo(1);
      assertThat(first.publish(release("2")).activate("2").rollback().activation()).isEqualTo(3);
    }
  }

  @Nested
  class ATrialBesideOtherNames {
    private static ModelRelease ofKind(String version, String modality) {
      return new ModelRelease(version, "s3://models/a.onnx", "a".repeat(64), modality);
    }

    private static ModelDeployment named(String name, String modality) {
      return ModelDeployment.empty(name)
          .publish(ofKind("1", modality))
          .publish(ofKind("2", modality))
          .activate("1");
    }

    private final ModelDeployment trial = named("emg", "EMG").withCanary("2", 0.5);

    @Test
    void countsTogetherWithActivations() {
      ModelDeployment other = named("other", "EMG").activatedAfter(List.of(trial));

      assertThat(List.of(trial.activation(), trial.trial(), other.activation()))
          .containsExactly(1L, 2L, 3L);
      assertThat(trial.withShadow("2").triedAfter(List.of(trial, other)).trial()).isEqualTo(4);
      assertThat(trial.promote().trial()).isZero();
      assertThat(trial.stop().trial()).isZero();
      assertThat(trial.publish(ofKind("3", "EMG")).after(trial).trial()).isEqualTo(2);
    }

    @Test
    void isEndedByALaterActivationForTheSameKindOfSignal() {
      ModelDeployment later = named("other", "EMG").activatedAfter(List.of(trial));
      ModelDeployment ofHearts = named("hearts", "ECG").activatedAfter(List.of(later));
      ModelDeployment untold = named("untold", null).activatedAfter(List.of(ofHearts));
      List<ModelDeployment> all = List.of(trial, later, ofHearts, untold);

      assertThat(trial.trialEndedBy(all)).contains(later);
      assertThat(trial.withoutEndedTrial(all)).isEqualTo(trial.stop());
      assertThat(later.trialEndedBy(all)).isEmpty();
      assertThat(trial.triedAfter(all).trialEndedBy(all)).isEmpty();
      assertThat(trial.trialEndedBy(List.of(trial, ofHearts, untold))).isEmpty();
      assertThat(trial.activate("1").activatedAfter(all).trialEndedBy(all)).contains(later);
    }

    @Test
    void isEndedByALaterTrialForTheSameKindOfSignal() {
      ModelDeployment later =
          ModelDeployment.empty("other")
              .publish(ofKind("1", "EMG"))
              .withShadow("1")
              .triedAfter(List.of(trial));

      assertThat(trial.trialEndedBy(List.of(trial, later))).contains(later);
      assertThat(later.trialEndedBy(List.of(trial, later))).isEmpty();
    }

    @Test
    void ofTwoAtTheSameMomentIsOfTheLaterName() {
      ModelDeployment other =
          ModelDeployment.empty("other").publish(ofKind("1", "EMG")).withShadow("1");
      ModelDeployment atOnce = other.triedAfter(List.of(named("emg", "EMG")));
      assertThat(atOnce.trial()).isEqualTo(trial.trial());

      assertThat(trial.trialEndedBy(List.of(trial, atOnce))).contains(atOnce);
      assertThat(atOnce.trialEndedBy(List.of(trial, atOnce))).isEmpty();
    }

    @Test
    void goesOnWhereItsRecordDoesNotSayWhenItBegan() {
      ModelDeployment untold =
          new ModelDeployment(
              "emg", trial.releases(), trial.history(), "2", null, 3, trial.activation(), 0);
      ModelDeployment later = named("other", "EMG").activatedAfter(List.of(trial));

      assertThat(untold.withoutEndedTrial(List.of(untold, later))).isEqualTo(untold);
    }
  }

  @Nested
  class Json {
    @Test
    void saysEverythingAndToleratesNewFields() {
      ModelDeployment deployment =
          published("1", "2", "3")
              .activate("1")
              .activate("2")
              .withShadow("1")
              .withCanary("3", 0.25);
      String json = new String(ControlJson.write(deployment), StandardCharsets.UTF_8);

      String newer = json.replaceFirst("\\{", "{\"colour\": \"blue\", ");

      assertThat(ControlJson.deployment(newer.getBytes(StandardCharsets.UTF_8)))
          .isEqualTo(deployment);
    }

    @Test
    void ofTheFirstReleaseIsRead() {
      String json =
          "{\"name\":\"emg\",\"releases\":[{\"version\":\"1\",\"location\":\"a.onnx\",\"sha256\":\""
              + "a".repeat(64)
              + "\"}],\"history\":[\"1\"]}";

      ModelDeployment read = ControlJson.deployment(json.getBytes(StandardCharsets.UTF_8));

      assertThat(read.active()).map(ModelRelease::version).contains("1");
      assertThat(read.shadow()).isNull();
      assertThat(read.canary()).isNull();
      assertThat(read.revision()).isZero();
      assertThat(new String(ControlJson.write(read), StandardCharsets.UTF_8))
          .isEqualTo(json.replaceFirst("}$", ",\"revision\":0,\"activation\":0,\"trial\":0}"));
    }

    @Test
    void ofANameAloneSaysThatNothingIsPublished() {
      assertThat(ControlJson.deployment("{\"name\":\"emg\"}".getBytes(StandardCharsets.UTF_8)))
          .isEqualTo(ModelDeployment.empty("emg"));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "\"history\":[\"9\"]",
          "\"shadow\":\"9\"",
          "\"canary\":{\"version\":\"9\",\"share\":0.5}"
        })
    void thatWantsWhatIsNotPublishedIsRefused(String wanted) {
      byte[] json = "{\"name\":\"emg\",%s}".formatted(wanted).getBytes(StandardCharsets.UTF_8);

      assertThatThrownBy(() -> ControlJson.deployment(json))
          .hasMessage("not a ModelDeployment: model emg has no release 9; published are []");
    }

    @Test
    void thatIsWrongSaysWhy() {
      assertThatThrownBy(() -> ControlJson.deployment("{".getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("not JSON");
      assertThatThrownBy(() -> ControlJson.deployment("null".getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("not a ModelDeployment: the text is null; expected a JSON object");
      assertThatThrownBy(() -> ControlJson.deployment("{}".getBytes(StandardCharsets.UTF_8)))
          .hasMessage("not a ModelDeployment: model name is 'null'; expected a name");
    }
  }

  @Nested
  class OfSeveralNamesForOneKindOfSignal {
    private ModelDeployment active(String name, String modality, int activation) {
      return new ModelDeployment(
          name,
          List.of(new ModelRelease("1", "s3://models/1.onnx", "a".repeat(64), modality)),
          List.of("1"),
          null,
          null,
          1,
          activation,
          0);
    }

    @Test
    void theOneActivatedLastServes() {
      ModelDeployment first = active("a", "EMG", 1);
      ModelDeployment last = active("b", "EMG", 4);
      ModelDeployment between = active("c", "EMG", 2);
      ModelDeployment other = active("d", "ECG", 5);
      List<ModelDeployment> all = List.of(first, last, between, other);

      assertThat(first.givenWayTo(all)).contains(last);
      assertThat(between.givenWayTo(all)).contains(last);
      assertThat(last.givenWayTo(all)).isEmpty();
      assertThat(other.givenWayTo(all)).isEmpty();
    }

    @Test
    void theLaterNameServesWhenTheyWereActivatedAtOnce() {
      ModelDeployment first = active("a", "EMG", 4);
      ModelDeployment last = active("b", "EMG", 4);
      ModelDeployment between = active("ab", "EMG", 4);
      List<ModelDeployment> all = List.of(first, last, between);

      assertThat(first.givenWayTo(all)).contains(last);
      assertThat(between.givenWayTo(all)).contains(last);
      assertThat(last.givenWayTo(all)).isEmpty();
    }

    @Test
    void noneGivesWayWhenNobodyKnowsWhenTheyWereActivated() {
      ModelDeployment first = active("a", "EMG", 0);
      ModelDeployment last = active("b", "EMG", 0);

      assertThat(first.givenWayTo(List.of(first, last))).isEmpty();
    }

    @Test
    void recordsThatDoNotTellTheirKindGiveWayToNone() {
      ModelDeployment untold = active("a", null, 1);
      ModelDeployment untoldToo = active("b", null, 2);
      ModelDeployment told = active("c", "EMG", 3);

      assertThat(untold.givenWayTo(List.of(untold, untoldToo, told))).isEmpty();
    }

    @Test
    void theKindIsWrittenAndMayBeMissing() {
      ModelDeployment told = active("a", "EMG", 1);
      ModelDeployment untold = active("a", null, 1);

      assertThat(ControlJson.deployment(ControlJson.write(told))).isEqualTo(told);
      assertThat(new String(ControlJson.write(untold), StandardCharsets.UTF_8))
          .doesNotContain("modality");
      assertThat(ControlJson.deployment(ControlJson.write(untold))).isEqualTo(untold);
    }
  }
}
