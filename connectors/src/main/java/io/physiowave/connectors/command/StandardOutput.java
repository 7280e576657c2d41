package io.physiowave.connectors.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.Optional;

/**
 * Whether what a command printed went anywhere: Java's {@code System.out} keeps silent about it.
 */
final class StandardOutput {
  private static final String READER_GONE = "Broken pipe";

  private StandardOutput() {}

  /**
   * Why output was lost; empty when none was. The reason is an empty text where the reader has
   * gone, as {@code head} does when it has seen enough.
   */
  // The stream belongs to the process, and stays open with it.
  @SuppressWarnings("resource")
  static Optional<String> loss() {
    if (!System.out.checkError()) {
      return Optional.empty();
    }
    try {
      new FileOutputStream(FileDescriptor.out).write('\n');
      return Optional.of("a part was lost");
    } catch (IOException e) {
      String reason = FailureMessage.of(e);
      return Optional.of(reason.equals(READER_GONE) ? "" : reason);
    }
  }
}
