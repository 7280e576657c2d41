package io.physiowave.streaming.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

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
    void thatWasNeverPublishedCannotServe() {
      assertThatThrownBy(() -> published("1").activate("3"))
          .hasMessage("model emg has no release 3; published are [1]");
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
    void withoutAnythingBeforeIsRefused() {
      assertThatThrownBy(() -> published("1").activate("1").rollback())
          .hasMessage("model emg has nothing to go back to; activated were [1]");
    }
  }

  @Nested
  class Json {
    @Test
    void saysEverythingAndToleratesNewFields() {
      ModelDeployment deployment = published("1", "2").activate("1").activate("2");
      String json = new String(ControlJson.write(deployment), StandardCharsets.UTF_8);

      String newer = json.replaceFirst("\\{", "{\"colour\": \"blue\", ");

      assertThat(ControlJson.deployment(newer.getBytes(StandardCharsets.UTF_8)))
          .isEqualTo(deployment);
    }

    @Test
    void thatIsWrongSaysWhy() {
      assertThatThrownBy(() -> ControlJson.deployment("{".getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("not JSON");
      assertThatThrownBy(() -> ControlJson.deployment("{}".getBytes(StandardCharsets.UTF_8)))
          .hasMessage("not a ModelDeployment: model name is 'null'; expected a name");
    }
  }
}
