package io.physiowave.training.command;

/** Whether somebody watches. */
final class Terminal {
  private Terminal() {}

  /** Whether there is a terminal; without one a progress bar fills a log with copies of itself. */
  // From JDK 22 on there is a console without a terminal too; then a bar is shown for nothing.
  @SuppressWarnings("SystemConsoleNull")
  static boolean isThere() {
    return System.console() != null;
  }
}
