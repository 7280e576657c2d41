package io.physiowave.training.run;

import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** The bar of one epoch: windows done, windows a second, time left and the loss so far. */
public final class TrainingProgress implements AutoCloseable {
  private static final int MILLISECONDS_BETWEEN_UPDATES = 500;

  private final ProgressBar bar;

  private TrainingProgress(ProgressBar bar) {
    this.bar = bar;
  }

  /**
   * Starts a bar on the error stream, or none.
   *
   * @param shown whether there is somebody to see it
   * @param task what is going on, e.g. {@code epoch 3/30}
   * @param windows windows of the whole epoch
   * @param done windows done already
   */
  public static TrainingProgress start(boolean shown, String task, long windows, long done) {
    if (!shown) {
      return new TrainingProgress(null);
    }
    return new TrainingProgress(
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(windows)
            .startsFrom(done, java.time.Duration.ZERO)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(MILLISECONDS_BETWEEN_UPDATES)
            .showSpeed()
            .setUnit(" windows", 1)
            .build());
  }

  /**
   * Counts windows.
   *
   * @param windows done since the last call
   * @param loss mean of the epoch so far
   * @param learningRate of the last step
   */
  public void advance(int windows, double loss, double learningRate) {
    if (bar != null) {
      bar.stepBy(windows);
      bar.setExtraMessage(
          String.format(Locale.ROOT, "loss %.4f, lr %.2e, %s", loss, learningRate, memory()));
    }
  }

  private static String memory() {
    long bytes = org.bytedeco.javacpp.Pointer.physicalBytes();
    return String.format(Locale.ROOT, "%.1f GB", (double) bytes / 1e9);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
