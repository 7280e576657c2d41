package io.physiowave.training.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.pytorch.global.torch.mul;

import io.physiowave.training.model.Scopes;
import io.physiowave.training.model.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(1800)
class ProcessGroupTest {
  @Test
  void numbersAddUpForAll() throws Exception {
    List<double[]> sums = TwoRanks.run(group -> group.sum(1.5 + group.rank().rank(), -1));
    assertThat(sums).allSatisfy(sum -> assertThat(sum).containsExactly(4, -2));
  }

  @Test
  void oneVoiceIsHeardByAll() throws Exception {
    assertThat(TwoRanks.run(group -> group.anySays(group.rank().rank() == 1)))
        .containsExactly(true, true);
    assertThat(TwoRanks.run(group -> group.anySays(false))).containsExactly(false, false);
  }

  @Test
  void valuesComeFromTheFirst() throws Exception {
    List<float[]> values =
        TwoRanks.run(
            group ->
                Scopes.freeing(
                    () -> {
                      Tensor tensor = Tensor.create(new float[] {group.rank().rank(), 5}, 2);
                      group.takeFromFirst(List.of(tensor));
                      return Tensors.floats(tensor);
                    }));
    assertThat(values).allSatisfy(value -> assertThat(value).containsExactly(0, 5));
  }

  /**
   * A gradient of 2 from one window and of 8 from three; a parameter that only one of them uses.
   */
  @Test
  void gradientsAreWeighedByWindows() throws Exception {
    List<float[]> gradients =
        TwoRanks.run(
            group ->
                Scopes.freeing(
                    () -> {
                      boolean first = group.rank().rank() == 0;
                      Tensor used = Tensor.create(new float[] {1}, 1).set_requires_grad(true);
                      Tensor once = Tensor.create(new float[] {1}, 1).set_requires_grad(true);
                      Tensor never = Tensor.create(new float[] {1}, 1).set_requires_grad(true);
                      Tensor loss = mul(used, new Scalar(first ? 2.0 : 8.0));
                      loss.backward();
                      if (first) {
                        mul(once, new Scalar(4.0)).backward();
                      }
                      group.averageGradients(List.of(used, once, never), first ? 1 : 3);
                      assertThat(never.grad().defined()).isFalse();
                      return new float[] {
                        Tensors.floats(used.grad())[0], Tensors.floats(once.grad())[0]
                      };
                    }));
    assertThat(gradients).allSatisfy(values -> assertThat(values).containsExactly(6.5f, 1));
  }

  @Test
  void aPeerThatEndsIsNamedAsTheReason() {
    assertThatThrownBy(
            () ->
                TwoRanks.run(
                    group -> {
                      if (group.rank().rank() == 1) {
                        return 0.0;
                      }
                      group.sum(1);
                      return group.sum(1)[0];
                    }))
        .rootCause()
        .hasMessageMatching("(?s).*Connection (closed|reset) by peer.*");
  }
}
