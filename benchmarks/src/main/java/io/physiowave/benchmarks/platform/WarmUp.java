package io.physiowave.benchmarks.platform;

/**
 * Repeats something until it no longer becomes cheaper: the Java machine compiles for a minute or
 * more what a job runs for months.
 */
public final class WarmUp {
  private static final int MOST = 8;
  private static final double STILL_FALLING = 0.95;

  private WarmUp() {}

  /** Something that is measured. */
  @FunctionalInterface
  public interface Run {
    Rate measure() throws InterruptedException;
  }

  /**
   * Runs at least twice and at most 8 times, until a run takes more than 95 % of the processor time
   * that an item took in the cheapest run before it.
   *
   * @return what the last run measured
   */
  public static Rate of(Run run) throws InterruptedException {
    Rate last = run.measure();
    double cheapest = last.processorMicros();
    for (int runs = 1; runs < MOST; runs++) {
      last = run.measure();
      if (last.processorMicros() > STILL_FALLING * cheapest) {
        return last;
      }
      cheapest = last.processorMicros();
    }
    return last;
  }
}
