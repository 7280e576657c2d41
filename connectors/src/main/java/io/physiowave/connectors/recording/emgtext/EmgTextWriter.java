package io.physiowave.connectors.recording.emgtext;

import io.physiowave.connectors.files.OutputFile;
import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.recording.RecordingAnnotation;
import io.physiowave.connectors.recording.RecordingException;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Writes a recording of gestures as a text file in the form of the UCI data set. */
public final class EmgTextWriter {
  private static final int CHUNK = 1000;

  private EmgTextWriter() {}

  /**
   * Writes a text file, replacing one that is there.
   *
   * @param file e.g. {@code 01/1_raw_data.txt}
   * @param recording eight channels in V at 1000 samples per second, read from where it stands to
   *     its end; its annotations are gesture codes
   * @return rows written
   * @throws RecordingException when it has other channels or another rate
   */
  public static long write(Path file, Recording recording) throws IOException {
    boolean fits =
        recording.channels().size() == EmgTextLines.CHANNELS
            && recording.channels().stream().allMatch(channel -> channel.unit().equals("V"))
            && recording.sampleRateHz() == EmgTextRecording.ROWS_PER_SECOND;
    if (!fits) {
      throw new RecordingException(
          recording.name()
              + ": has "
              + recording.channels().size()
              + " channels in "
              + recording.channels().get(0).unit()
              + " at "
              + recording.sampleRateHz()
              + " Hz; the text form takes 8 channels in V at 1000 Hz");
    }
    try (Writer out = new OutputStreamWriter(OutputFile.open(file), StandardCharsets.US_ASCII)) {
      out.write(EmgTextLines.HEADER + "\n");
      return writeRows(out, recording);
    }
  }

  private static long writeRows(Writer out, Recording recording) throws IOException {
    float[][] samples = new float[EmgTextLines.CHANNELS][CHUNK];
    long row = 0;
    for (int count; (count = recording.read(samples, 0, CHUNK)) > 0; ) {
      // A simulation learns its truth as it goes, so it is asked after every chunk.
      Labels labels = new Labels(recording.annotations());
      for (int i = 0; i < count; i++, row++) {
        out.write(Long.toString(row + 1));
        for (float[] channel : samples) {
          out.write('\t');
          out.write(channel[i] == 0 ? "0" : Float.toString(channel[i]));
        }
        out.write('\t');
        out.write(labels.at(row));
        out.write('\n');
      }
    }
    return row;
  }

  /** The label of each row, asked for in rising order. */
  private static final class Labels {
    private final List<RecordingAnnotation> stretches;
    private int next;

    Labels(List<RecordingAnnotation> stretches) {
      this.stretches = stretches;
    }

    String at(long row) {
      while (next < stretches.size() && stretches.get(next).endSample() <= row) {
        next++;
      }
      return next < stretches.size() && stretches.get(next).startSample() <= row
          ? stretches.get(next).label()
          : HandGesture.UNMARKED.label();
    }
  }
}
