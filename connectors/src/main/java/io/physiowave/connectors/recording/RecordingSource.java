package io.physiowave.connectors.recording;

import java.io.IOException;

/** A recording that can be opened, as often as wanted, each time from its start. */
public interface RecordingSource {

  /** The name its {@link Recording#name()} will have. */
  String name();

  /**
   * Opens it; the caller closes what it gets.
   *
   * @throws RecordingException when it is missing or damaged
   */
  Recording open() throws IOException;
}
