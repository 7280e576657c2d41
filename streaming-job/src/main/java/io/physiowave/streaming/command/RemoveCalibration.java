package io.physiowave.streaming.command;

import io.physiowave.streaming.calibrate.CalibrationTopic;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code physiowave calibrate remove}. */
@Command(name = "remove", description = "Takes a stream's calibration back.")
final class RemoveCalibration implements Callable<Integer> {
  @Mixin private CalibrationTarget target;

  @Override
  public Integer call() {
    try (CalibrationTopic topic = target.connect()) {
      topic.remove(target.stream());
    }
    target.out().println(target.stream() + " has no calibration any more");
    return 0;
  }
}
