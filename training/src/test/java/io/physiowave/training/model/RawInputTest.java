package io.physiowave.training.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RawInputTest {
  private PointerScope scope;

  @BeforeEach
  void openScope() {
    scope = new PointerScope();
  }

  @AfterEach
  void closeScope() {
    scope.close();
  }

  private static ModelConfigBuilder oneChannel() {
    return ModelConfig.builder().inChannels(1).patchSize(2).task(Task.CLASSIFICATION).numClasses(2);
  }

  private static float[] normalised(Normalisation normalisation, float... samples) {
    Tensor input = Tensor.create(samples, 1, 1, samples.length);
    return Tensors.floats(
        RawInput.signal(oneChannel().normalisation(normalisation).build(), input));
  }

  @Nested
  class TheSignal {
    @Test
    void isCentredAndScaledPerWindow() {
      assertThat(normalised(new Normalisation.WindowZScore(1e-6f), 1, 3, 1, 3))
          .containsExactly(new float[] {-1, 1, -1, 1}, within(1e-5f));
      assertThat(normalised(new Normalisation.WindowZScore(1e-6f), 0, 0, 0, 0))
          .containsExactly(0, 0, 0, 0);
    }

    @Test
    void isScaledByConstants() {
      assertThat(normalised(new Normalisation.Fixed(List.of(2f), List.of(-1f)), 0, 0.5f))
          .containsExactly(-1, 0);
    }

    @Test
    void isCompressedWithItsSign() {
      float[] values =
          normalised(new Normalisation.FixedCompressed(List.of(2f)), -2, 0, 2 * (float) Math.E - 2);
      assertThat(values).containsExactly(new float[] {-(float) Math.log(2), 0, 1}, within(1e-6f));
    }
  }

  @Nested
  class TheContextRow {
    private final ModelConfig config = oneChannel().contextValues(3).build();

    @Test
    void isReadAtTheCentreOfEachSegment() {
      float[] rows = new float[20];
      for (int sample = 0; sample < 10; sample++) {
        rows[10 + sample] = sample < 4 ? 0 : sample < 7 ? 1 : 2;
      }
      Tensor input = Tensor.create(rows, 1, 2, 10);
      assertThat(Tensors.floats(RawInput.context(config, input).orElseThrow()))
          .containsExactly(0, 1, 2);
      assertThat(RawInput.signal(config, input).shape()).containsExactly(1, 1, 10);
    }

    @Test
    void reachesTheLogits() {
      float[] rows = new float[20];
      rows[5] = 1;
      Tensor without = Tensor.create(rows, 1, 2, 10);
      rows[11] = 4;
      Tensor with = Tensor.create(rows, 1, 2, 10);
      try (PhysioWaveModel model = PhysioWaveModel.create(config, 1)) {
        model.train(false);
        assertThat(Tensors.floats(model.embedding(with)))
            .containsExactly(Tensors.floats(model.embedding(without)));
        assertThat(Tensors.floats(model.logits(with)))
            .isNotEqualTo(Tensors.floats(model.logits(without)));
      }
    }

    @Test
    void isMissedWhenAbsent() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> RawInput.signal(config, Tensor.create(new float[10], 1, 1, 10)))
          .withMessageContaining("[batch, 2, samples]");
    }
  }
}
