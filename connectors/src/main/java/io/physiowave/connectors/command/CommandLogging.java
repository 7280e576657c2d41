package io.physiowave.connectors.command;

import java.util.List;

/**
 * How a command logs, unless whoever started it has said so: by the file {@code log4j2.properties}
 * beside the command's class, on the error stream, as text or, with {@value #FORMAT_VARIABLE}{@code
 * =json}, one JSON object a line.
 */
public final class CommandLogging {
  /** The environment variable that chooses between {@code text} and {@code json}. */
  public static final String FORMAT_VARIABLE = "PHYSIOWAVE_LOG_FORMAT";

  private static final String FILE_PROPERTY = "log4j2.configurationFile";
  private static final List<String> ANSWERED_BY =
      List.of(FILE_PROPERTY, "log4j.configurationFile", "log.file");

  private CommandLogging() {}

  /**
   * To be called before the first logger is made. Ends the process when the format is none.
   *
   * @param command the command's class
   */
  public static void configure(Class<?> command) {
    String format = System.getenv().getOrDefault(FORMAT_VARIABLE, "text");
    if (!format.equals("text") && !format.equals("json")) {
      System.err.println(FORMAT_VARIABLE + " is '" + format + "'; expected text or json");
      System.exit(CommandRunner.USAGE);
    }
    if (ANSWERED_BY.stream().allMatch(property -> System.getProperty(property) == null)) {
      System.setProperty(
          FILE_PROPERTY,
          "classpath:" + command.getPackageName().replace('.', '/') + "/log4j2.properties");
    }
  }

  /** Whether the log is JSON, so that nothing else should stand between its lines. */
  static boolean isJson() {
    return "json".equals(System.getenv(FORMAT_VARIABLE));
  }
}
