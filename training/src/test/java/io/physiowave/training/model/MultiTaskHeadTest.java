package io.physiowave.training.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.bytedeco.pytorch.global.torch.randn;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class MultiTaskHeadTest {
  private static final int WIDTH = 12;

  private static Map<String, HeadConfig> tasks() {
    Map<String, HeadConfig> tasks = new LinkedHashMap<>();
    tasks.put("rhythm", HeadConfig.withoutContext(Task.CLASSIFICATION, 3, 8, 0.1, Pooling.MEAN));
    tasks.put("rate", HeadConfig.withoutContext(Task.REGRESSION, 1, 8, 0.1, Pooling.MAX));
    tasks.put("trend", HeadConfig.withoutContext(Task.LINEAR, 2, WIDTH, 0, Pooling.LAST));
    tasks.put("identity", HeadConfig.withoutContext(Task.CONTRASTIVE, 5, 8, 0, Pooling.FIRST));
    return tasks;
  }

  @Test
  void givesEveryTaskItsOutputs() {
    try (MultiTaskHead head = MultiTaskHead.create(WIDTH, tasks(), OptionalInt.of(16), 0.1, 1)) {
      Scopes.freeing(
          () -> {
            Map<String, Tensor> outputs = head.apply(randn(2, 7, WIDTH));
            assertThat(outputs.keySet()).containsExactly("rhythm", "rate", "trend", "identity");
            assertThat(outputs.get("rhythm").shape()).containsExactly(2, 3);
            assertThat(outputs.get("rate").shape()).containsExactly(2, 1);
            assertThat(outputs.get("trend").shape()).containsExactly(2, 2);
          });
      assertThat(head.parameters().keySet())
          .startsWith("shared_transform.0.weight")
          .contains(
              "shared_transform.1.weight",
              "task_heads.rate.head.4.bias",
              "task_heads.trend.head.0.weight",
              "task_heads.identity.projector.3.weight");
      assertThat(head.weights().get("task_heads.rhythm.head.1.weight").shape())
          .containsExactly(8, 16);
    }
  }

  @Test
  void hasNoSharedLayerUnlessAsked() {
    try (MultiTaskHead head = MultiTaskHead.create(WIDTH, tasks(), OptionalInt.empty(), 0, 1)) {
      assertThat(head.parameters().keySet()).allMatch(name -> name.startsWith("task_heads."));
    }
  }

  @Test
  void projectsToUnitLengthForContrastiveTasks() {
    try (MultiTaskHead head = MultiTaskHead.create(WIDTH, tasks(), OptionalInt.empty(), 0, 1)) {
      float[] vector =
          Scopes.freeing(() -> Tensors.floats(head.apply(randn(1, 7, WIDTH)).get("identity")));
      double squares = 0;
      for (float value : vector) {
        squares += value * value;
      }
      assertThat(squares).isCloseTo(1, org.assertj.core.api.Assertions.within(1e-5));
    }
  }

  @Test
  void refusesContext() {
    HeadConfig withContext = new HeadConfig(Task.CLASSIFICATION, 3, 8, 0, Pooling.MEAN, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                MultiTaskHead.create(WIDTH, Map.of("beat", withContext), OptionalInt.empty(), 0, 1))
        .withMessageContaining("task beat");
  }
}
