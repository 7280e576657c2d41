package io.physiowave.streaming.command;

import java.util.List;

/** Says how a command logs, unless whoever started it has said so. */
final class CommandLogging {
  private static final String FILE_PROPERTY = "log4j2.configurationFile";
  private static final List<String> ANSWERED_BY =
      List.of(FILE_PROPERTY, "log4j.configurationFile", "log.file");

  private CommandLogging() {}

  /** To be called before the first logger is made. */
  static void configure() {
    if (ANSWERED_BY.stream().allMatch(property -> System.getProperty(property) == null)) {
      System.setProperty(
          FILE_PROPERTY, "classpath:io/physiowave/streaming/command/log4j2.properties");
    }
  }
}
