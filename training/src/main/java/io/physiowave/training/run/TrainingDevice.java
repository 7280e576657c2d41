package io.physiowave.training.run;

import static org.bytedeco.pytorch.global.torch.getNumGPUs;
import static org.bytedeco.pytorch.global.torch.get_num_threads;

import io.physiowave.training.model.CpuThreads;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;

/**
 * Where a model is trained.
 *
 * @param name {@code cpu} or {@code cuda:N}
 */
public record TrainingDevice(String name) {
  private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d+))?");

  /** As the other, for the only process of a machine. */
  public static TrainingDevice of(String choice) {
    return of(choice, 0);
  }

  /**
   * Reads the {@code --device} option.
   *
   * @param choice {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:N}
   * @param localRank which process of this machine this is: the GPU that {@code auto} and {@code
   *     cuda} stand for
   * @throws IllegalArgumentException for another word, or a GPU that libtorch does not see
   */
  public static TrainingDevice of(String choice, int localRank) {
    long devices = getNumGPUs();
    if (choice.equals("cpu") || (choice.equals("auto") && devices == 0)) {
      return new TrainingDevice("cpu");
    }
    Matcher cuda = CUDA.matcher(choice.equals("auto") ? "cuda" : choice);
    if (!cuda.matches()) {
      throw new IllegalArgumentException(
          "device is '" + choice + "'; expected auto, cpu or cuda:N");
    }
    int index = cuda.group(1) == null ? localRank : Integer.parseInt(cuda.group(1));
    if (index >= devices) {
      throw new IllegalArgumentException(
          "device is '"
              + choice
              + "', which is GPU "
              + index
              + " here, but libtorch sees "
              + devices
              + " CUDA devices; use --device cpu, or build with -P gpu on a machine that has one");
    }
    return new TrainingDevice("cuda:" + index);
  }

  /** Whether it is a GPU. */
  public boolean isCuda() {
    return name.startsWith("cuda");
  }

  /** A tensor moved here, of the same type. */
  public Tensor place(Tensor tensor) {
    return isCuda() ? tensor.to(torch(), tensor.scalar_type()) : tensor;
  }

  /**
   * A batch of windows as a tensor here.
   *
   * @param windows row-major {@code [batch][rows][samples]}
   * @return {@code [batch, rows, samples]}
   */
  public Tensor placeWindows(float[] windows, int batch, int rows) {
    long samples = windows.length / ((long) batch * rows);
    return place(Tensor.create(windows, batch, rows, samples));
  }

  /** The device for libtorch; belongs to the caller's scope. */
  public Device torch() {
    return new Device(name);
  }

  /**
   * Sets how many threads one operation may use.
   *
   * @param threads 0 leaves libtorch's choice
   */
  public static void useThreads(int threads) {
    if (threads > 0) {
      CpuThreads.use(threads);
    }
  }

  /** Engine, system and processor, for a model card. */
  public String describe() {
    return "libtorch "
        + Objects.requireNonNullElse(
            Tensor.class.getPackage().getImplementationVersion(), "of unknown version")
        + " on "
        + name
        + ", "
        + get_num_threads()
        + " threads, Java "
        + System.getProperty("java.version")
        + ", "
        + System.getProperty("os.name")
        + " "
        + System.getProperty("os.arch");
  }
}
