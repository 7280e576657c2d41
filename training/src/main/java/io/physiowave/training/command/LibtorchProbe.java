package io.physiowave.training.command;

import static org.bytedeco.pytorch.global.torch.cuda_is_available;
import static org.bytedeco.pytorch.global.torch.getNumGPUs;
import static org.bytedeco.pytorch.global.torch.get_num_threads;
import static org.bytedeco.pytorch.global.torch.ones;

import io.physiowave.training.model.Scopes;
import java.io.IOException;
import org.bytedeco.javacpp.Loader;

/**
 * Loads libtorch, computes a sum and says in one line what it found. {@code physiowave doctor
 * --training} runs it in a process of its own, since a library that is missing can end the process.
 */
final class LibtorchProbe {
  private static final int SIDE = 8;

  private LibtorchProbe() {}

  /** Prints the line and ends with 0, or prints the failure and ends with 1. */
  public static void main(String[] arguments) {
    try {
      float sum = Scopes.freeing(() -> ones(SIDE, SIDE).sum().item_float());
      if (sum != SIDE * SIDE) {
        throw new IllegalStateException("64 ones add up to " + sum);
      }
      System.out.println(
          Loader.getVersion("org.bytedeco", "pytorch")
              + " computes on "
              + get_num_threads()
              + " threads; "
              + (cuda_is_available() ? getNumGPUs() + " CUDA devices" : "no CUDA device"));
    } catch (LinkageError | IOException | RuntimeException e) {
      System.out.println(String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
      System.exit(1);
    }
  }
}
