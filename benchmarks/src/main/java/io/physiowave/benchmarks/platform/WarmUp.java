package io.physiowave.benchmarks.platform;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Repeats something until the Java machine has compiled it: with Kafka and Flink in one process
 * that takes more than a minute of two busy cores, while a job runs for months.
 */
public final class WarmUp {
  private static final double COMPILING = 0.1;

  private final LongSupplier nanos;
  private final LongSupplier compilationMillis;

  WarmUp(LongSupplier nanos, LongSupplier compilationMillis) {
    this.nanos = nanos;
    this.compilationMillis = compilationMillis;
  }

  /** A warm-up of this Java machine. */
  public static WarmUp ofThisMachine() {
    return new WarmUp(
        System::nanoTime, ManagementFactory.getCompilationMXBean()::getTotalCompilationTime);
  }

  /** Something to be compiled. */
  @FunctionalInterface
  public interface Run {
    void run() throws InterruptedException;
  }

  /**
   * Runs until compiling took less than a tenth of a core during a run.
   *
   * @param most runs, 1 or more
   */
  public void repeat(int most, Run run) throws InterruptedException {
    double share = 1;
    for (int runs = 0; runs < most && share > COMPILING; runs++) {
      long start = nanos.getAsLong();
      long compiled = compilationMillis.getAsLong();
      run.run();
      share =
          Duration.ofMillis(compilationMillis.getAsLong() - compiled).toNanos()
              / (double) (nanos.getAsLong() - start);
    }
  }
}
