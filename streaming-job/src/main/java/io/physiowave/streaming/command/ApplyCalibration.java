package io.physiowave.streaming.command;

import io.physiowave.core.calibration.InvalidCalibrationException;
import io.physiowave.core.calibration.StreamCalibration;
import io.physiowave.core.calibration.StreamCalibrationJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code physiowave calibrate apply}. */
@Command(name = "apply", description = "Publishes a calibration from a file that --output wrote.")
final class ApplyCalibration implements Callable<Integer> {
  @Mixin private CalibrationTarget target;

  @Parameters(paramLabel = "<file>", description = "The calibration, JSON.")
  private Path file;

  @Override
  public Integer call() throws Exception {
    StreamCalibration calibration;
    try {
      calibration = StreamCalibrationJson.decode(Files.readAllBytes(file));
    } catch (InvalidCalibrationException e) {
      throw new InvalidCalibrationException(file + ": " + e.getMessage(), e);
    }
    CalibrationResult.publish(calibration.forStream(target.stream()), target);
    return 0;
  }
}
