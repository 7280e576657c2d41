package io.physiowave.training.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.bytedeco.pytorch.global.torch.get_num_threads;

import org.bytedeco.openblas.presets.openblas_nolapack;
import org.junit.jupiter.api.Test;

class CpuThreadsTest {
  @Test
  void areSetForLibtorchAndForMatrixProducts() {
    int torchBefore = get_num_threads();
    int blasBefore = openblas_nolapack.blas_get_num_threads();
    try {
      CpuThreads.use(1);
      assertThat(get_num_threads()).isEqualTo(1);
      assertThat(openblas_nolapack.blas_get_num_threads()).isEqualTo(1);
    } finally {
      CpuThreads.use(torchBefore);
      openblas_nolapack.blas_set_num_threads(blasBefore);
    }
  }

  @Test
  void areAtLeastOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CpuThreads.use(0))
        .withMessageContaining("threads 0");
  }
}
