package io.physiowave.training.model;

import static org.bytedeco.pytorch.global.torch.set_num_threads;

import org.bytedeco.openblas.presets.openblas_nolapack;

/**
 * Threads of libtorch and of the matrix library beneath it. Both keep a pool of their own, whose
 * threads wait in a loop: with more of them than idle processors, each hinders the other, and a
 * training step takes ten times as long. So the matrix library gets one thread unless told.
 *
 * <p>Set {@code OMP_WAIT_POLICY=passive} in the environment as well, so that libtorch's own threads
 * sleep while they wait.
 */
public final class CpuThreads {
  private static final String VARIABLE = "OPENBLAS_NUM_THREADS";

  private CpuThreads() {}

  /** One thread for matrix products, unless the environment gives their number. */
  static void chooseForMatrices() {
    if (System.getenv(VARIABLE) == null) {
      openblas_nolapack.blas_set_num_threads(1);
    }
  }

  /**
   * Sets how many threads one operation may use, matrix products included; more than one only pays
   * for large models on processors with nothing else to do.
   *
   * @param threads at least 1
   */
  public static void use(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads " + threads + " must be at least 1");
    }
    set_num_threads(threads);
    openblas_nolapack.blas_set_num_threads(threads);
  }
}
