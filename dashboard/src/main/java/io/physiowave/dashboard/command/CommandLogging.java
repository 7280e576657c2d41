package io.physiowave.dashboard.command;

/** Says how the command logs, unless whoever started it has said so. */
final class CommandLogging {
  private static final String FILE_PROPERTY = "log4j2.configurationFile";

  private CommandLogging() {}

  /** To be called before the first logger is made. */
  static void configure() {
    if (System.getProperty(FILE_PROPERTY) == null) {
      System.setProperty(
          FILE_PROPERTY, "classpath:io/physiowave/dashboard/command/log4j2.properties");
    }
  }
}
