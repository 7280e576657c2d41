package io.physiowave.connectors.recording.wfdb;

import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.recording.RecordingAnnotation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/** Writes any recording as a WFDB record with its annotations. */
public final class WfdbCopy {
  /** Digital steps per mV where a recording does not say: those of the MIT-BIH database. */
  private static final double DEFAULT_GAIN = 200;

  private static final int CHUNK = 4096;

  private WfdbCopy() {}

  /**
   * Writes a record of format 212 and, when the recording has annotations, its {@code .atr} file.
   *
   * @param directory created when missing
   * @param name of the record
   * @param recording read from where it stands to its end; the labels of its annotations are WFDB
   *     symbols
   * @return samples written per channel
   */
  public static long write(Path directory, String name, Recording recording) throws IOException {
    WfdbOutput output =
        new WfdbOutput(
            name,
            recording.sampleRateHz(),
            recording.startTime(),
            SignalFormat.PACKED_12,
            recording.channels().stream()
                .map(channel -> WfdbOutput.Signal.of(channel, DEFAULT_GAIN))
                .toList(),
            List.of(recording.name()));
    long samples;
    try (WfdbRecordWriter writer = WfdbRecordWriter.create(directory, output)) {
      float[][] chunk = new float[recording.channels().size()][CHUNK];
      for (int count; (count = recording.read(chunk, 0, CHUNK)) > 0; ) {
        writer.append(chunk, 0, count);
      }
      samples = writer.sampleCount();
    }
    List<WfdbAnnotation> annotations =
        recording.annotations().stream().map(WfdbCopy::annotation).toList();
    if (!annotations.isEmpty()) {
      AnnotationWriter.write(
          directory.resolve(name + ".atr"),
          new WfdbAnnotations(annotations, OptionalDouble.empty()));
    }
    return samples;
  }

  private static WfdbAnnotation annotation(RecordingAnnotation annotation) {
    return new WfdbAnnotation(
        annotation.startSample(), annotation.label(), 0, 0, 0, annotation.note());
  }
}
