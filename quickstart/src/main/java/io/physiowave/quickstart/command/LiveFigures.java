package io.physiowave.quickstart.command;

import io.physiowave.quickstart.gateway.Gateway;
import io.physiowave.quickstart.report.Latency;
import io.physiowave.quickstart.report.Tallies;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Puts the figures of a run into one line. Not safe for use by several threads. */
final class LiveFigures {
  private static final double SECOND = 1e9;

  private final List<Gateway> gateways;
  private final Tallies tallies;
  private final long startNanos = System.nanoTime();
  private long measuredNanos = startNanos;
  private long measuredFrames;
  private long measuredLabels;
  private double framesPerSecond;
  private double labelsPerSecond;

  LiveFigures(List<Gateway> gateways, Tallies tallies) {
    this.gateways = gateways;
    this.tallies = tallies;
  }

  /**
   * The line, e.g. {@code 00:42 5 streams, 70 frames/s, ...}.
   *
   * @param backlog frames that the job has still before it
   */
  String line(long backlog) {
    measure();
    long seconds = (long) ((System.nanoTime() - startNanos) / SECOND);
    Latency latency = tallies.latency();
    StringBuilder line = new StringBuilder();
    line.append(String.format(Locale.ROOT, "%02d:%02d  ", seconds / 60, seconds % 60));
    share().ifPresent(share -> line.append(String.format(Locale.ROOT, "%3.0f %%  ", 100 * share)));
    line.append(
        String.format(
            Locale.ROOT,
            "%d %s, %.0f frames/s, %.0f labels/s, latency p50 %.0f ms p99 %.0f ms, backlog %d",
            gateways.size(),
            gateways.size() == 1 ? "stream" : "streams",
            framesPerSecond,
            labelsPerSecond,
            latency.p50(),
            latency.p99(),
            backlog));
    return line.toString();
  }

  private void measure() {
    double seconds = (System.nanoTime() - measuredNanos) / SECOND;
    if (seconds < 1) {
      return;
    }
    long frames = gateways.stream().mapToLong(Gateway::framesSent).sum();
    long labels = tallies.windows();
    framesPerSecond = (frames - measuredFrames) / seconds;
    labelsPerSecond = (labels - measuredLabels) / seconds;
    measuredFrames = frames;
    measuredLabels = labels;
    measuredNanos = System.nanoTime();
  }

  /** How much of the recordings has been played, where all of them have an end. */
  private OptionalDouble share() {
    if (gateways.stream().anyMatch(gateway -> gateway.sampleCount().isEmpty())) {
      return OptionalDouble.empty();
    }
    double all = gateways.stream().mapToLong(gateway -> gateway.sampleCount().orElse(0)).sum();
    double sent = gateways.stream().mapToLong(Gateway::samplesSent).sum();
    return OptionalDouble.of(all == 0 ? 1 : sent / all);
  }
}
