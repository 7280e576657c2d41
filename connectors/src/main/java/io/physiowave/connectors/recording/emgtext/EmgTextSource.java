package io.physiowave.connectors.recording.emgtext;

import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.recording.RecordingSource;
import java.io.IOException;
import java.io.InputStream;

/**
 * One text file, on disk or in a zip.
 *
 * @param name the recording's name
 * @param place the file as error messages name it
 * @param content opens the text from its start
 */
record EmgTextSource(String name, String place, Content content) implements RecordingSource {

  @Override
  public Recording open() throws IOException {
    EmgTextLines lines = new EmgTextLines(content.open(), place);
    try {
      lines.readHeader();
      return new EmgTextRecording(this, lines);
    } catch (IOException | RuntimeException e) {
      lines.close();
      throw e;
    }
  }

  /** Opens a text from its start. */
  @FunctionalInterface
  interface Content {
    InputStream open() throws IOException;
  }
}
