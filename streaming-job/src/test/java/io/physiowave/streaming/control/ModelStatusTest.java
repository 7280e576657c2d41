package io.physiowave.streaming.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.card.Decision;
import io.physiowave.streaming.model.ModelFailure;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.testing.TestModels;
import org.junit.jupiter.api.Test;

class ModelStatusTest {
  private static final String HASH = "a".repeat(64);

  @Test
  void ofAFailureIsNoAnswerToAWishAndLeavesTheOneThatThereIs() {
    ServedModel model = new ServedModel("a.onnx", HASH, TestModels.emg(Decision.ARG_MAX));

    ModelStatus status = ModelStatus.failed(new ModelFailure(model, "no room", 7));

    assertThat(status.revision()).isZero();
    assertThat(status.key()).isEqualTo("test-emg/failure");
    assertThat(status.version()).isEqualTo("1");
    assertThat(status.sha256()).isEqualTo(HASH);
    assertThat(status.accepted()).isFalse();
    assertThat(status.failure()).isEqualTo("no room");
    assertThat(ControlJson.status(ControlJson.write(status))).isEqualTo(status);
  }
}
