package io.physiowave.training.run;

import java.time.Duration;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * How far a long piece of work is: a bar with speed and time left on a terminal, elsewhere a line
 * now and then.
 */
public final class CountProgress implements AutoCloseable {
  private static final int MILLISECONDS_BETWEEN_UPDATES = 500;
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(15);

  private final String task;
  private final String unit;
  private final long total;
  private final ProgressBar bar;
  private final Consumer<String> log;
  private long done;
  private long lastLineNanos = System.nanoTime();

  private CountProgress(
      String task, String unit, long total, long done, ProgressBar bar, Consumer<String> log) {
    this.task = task;
    this.unit = unit;
    this.total = total;
    this.done = done;
    this.bar = bar;
    this.log = log;
  }

  /**
   * Starts.
   *
   * @param shown whether somebody watches a terminal
   * @param task what is going on, e.g. {@code mitdb}
   * @param unit what is counted, e.g. {@code records}
   * @param total how many there are; 0 or less when not known
   * @param done how many are done already
   * @param log takes the lines when there is no terminal
   */
  public static CountProgress start(
      boolean shown, String task, String unit, long total, long done, Consumer<String> log) {
    ProgressBar bar = shown ? bar(task, unit, total, done) : null;
    return new CountProgress(task, unit, total, done, bar, log);
  }

  private static ProgressBar bar(String task, String unit, long total, long done) {
    boolean bytes = unit.equals("bytes");
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(total)
        .startsFrom(done, Duration.ZERO)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(MILLISECONDS_BETWEEN_UPDATES)
        .showSpeed()
        .setUnit(bytes ? " MB" : " " + unit, bytes ? 1_000_000 : 1)
        .build();
  }

  /**
   * Counts; may be called from several threads.
   *
   * @param more done since the last call
   * @param message what else to say, e.g. {@code 812 windows}
   */
  public synchronized void advance(long more, String message) {
    done += more;
    if (bar != null) {
      bar.stepBy(more);
      bar.setExtraMessage(message);
    } else if (System.nanoTime() - lastLineNanos > BETWEEN_LINES.toNanos()) {
      lastLineNanos = System.nanoTime();
      log.accept(
          task + ": " + done + (total > 0 ? " of " + total : "") + " " + unit + ", " + message);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
