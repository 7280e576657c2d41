package io.physiowave.quickstart.command;

import io.physiowave.connectors.replay.ReplayOptions;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 20}, {@code 20x} or {@code max}. */
final class SpeedConverter implements ITypeConverter<Double> {
  @Override
  public Double convert(String text) {
    if (text.equals("max")) {
      return ReplayOptions.UNLIMITED;
    }
    try {
      double speed = Double.parseDouble(text.replaceFirst("x$", ""));
      if (speed > 0 && speed <= 1_000_000) {
        return speed;
      }
    } catch (NumberFormatException e) {
      throw refusal(text);
    }
    throw refusal(text);
  }

  private static TypeConversionException refusal(String text) {
    return new TypeConversionException(
        "'" + text + "' is not a speed; expected a number above 0, such as 20, or max");
  }
}
