package io.physiowave.streaming.types;

import io.physiowave.core.quality.QualityLevel;
import io.physiowave.core.quality.SignalQuality;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A {@link SignalQuality} within a binary record. */
public final class QualityFields {
  private QualityFields() {}

  /** Writes level and reason. */
  public static void write(SignalQuality quality, DataOutput out) throws IOException {
    BinaryFields.writeText(quality.level().name(), out);
    BinaryFields.writeText(quality.reason(), out);
  }

  /** Reads what {@link #write} wrote. */
  public static SignalQuality read(DataInput in) throws IOException {
    QualityLevel level = QualityLevel.valueOf(BinaryFields.readText(in));
    String reason = BinaryFields.readText(in);
    return level == QualityLevel.GOOD ? SignalQuality.GOOD : new SignalQuality(level, reason);
  }
}
