package io.physiowave.streaming.assemble;

import io.physiowave.core.quality.QualityLevel;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * What the assembler counts, below {@code physiowave}:
 *
 * <ul>
 *   <li>{@code windowsOut}, and {@code quality.<good|usable|bad>.windowsOut}
 *   <li>{@code windowsCalibrated}: windows for which the wearer's calibration speaks
 *   <li>{@code windowsAtWrongRate}: windows of sessions at another rate than they declare
 *   <li>{@code gaps} and {@code samplesLost} (per channel)
 *   <li>{@code framesReordered}, {@code framesDuplicate}, {@code framesLate}
 *   <li>{@code streams}: streams that the subtask remembers
 *   <li>{@code streamsExpired}: streams forgotten after their idle timeout
 * </ul>
 */
final class AssemblyMetrics {
  final Counter windowsOut;
  final Counter windowsCalibrated;
  final Counter windowsAtWrongRate;
  final Counter gaps;
  final Counter samplesLost;
  final Counter framesReordered;
  final Counter framesDuplicate;
  final Counter framesLate;
  final Counter streamsExpired;
  private final Map<QualityLevel, Counter> byQuality = new EnumMap<>(QualityLevel.class);

  /**
   * Registers them.
   *
   * @param streams the number of streams remembered; asked by other threads
   */
  AssemblyMetrics(MetricGroup operator, Supplier<Integer> streams) {
    MetricGroup group = operator.addGroup("physiowave");
    windowsOut = group.counter("windowsOut");
    windowsCalibrated = group.counter("windowsCalibrated");
    windowsAtWrongRate = group.counter("windowsAtWrongRate");
    gaps = group.counter("gaps");
    samplesLost = group.counter("samplesLost");
    framesReordered = group.counter("framesReordered");
    framesDuplicate = group.counter("framesDuplicate");
    framesLate = group.counter("framesLate");
    streamsExpired = group.counter("streamsExpired");
    group.gauge("streams", streams::get);
    for (QualityLevel level : QualityLevel.values()) {
      byQuality.put(
          level,
          group.addGroup("quality", level.name().toLowerCase(Locale.ROOT)).counter("windowsOut"));
    }
  }

  void countWindow(QualityLevel level) {
    windowsOut.inc();
    byQuality.get(level).inc();
  }
}
