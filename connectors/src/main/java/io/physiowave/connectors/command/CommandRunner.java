package io.physiowave.connectors.command;

import java.io.PrintWriter;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Runs a picocli command the way every {@code physiowave} subcommand behaves.
 *
 * <ul>
 *   <li>Every command and subcommand has {@code --help}, {@code --version} and {@code --debug}.
 *   <li>Exit code 0 after success, 2 for bad usage, 1 for a failed run, or whatever the command
 *       itself returns.
 *   <li>Output that could not be written, on a full disk for example, is a failure.
 *   <li>A failure prints one line on the error stream; {@code --debug} adds the stack trace.
 * </ul>
 */
public final class CommandRunner {
  /** The run did what was asked. */
  public static final int SUCCESS = 0;

  /** The run failed. */
  public static final int FAILURE = 1;

  /** The command line was wrong; nothing was run. */
  public static final int USAGE = 2;

  private static final String DEBUG = "--debug";
  private static final String PROGRAM = "physiowave ";

  private CommandRunner() {}

  /**
   * Runs a command on the standard streams.
   *
   * @param command a picocli command: a {@code Runnable} or a {@code Callable<Integer>}
   * @param arguments the command line without the program's name
   * @return the exit code
   */
  public static int run(Object command, String... arguments) {
    CommandLine commandLine = prepare(command);
    int exitCode = execute(commandLine, arguments);
    commandLine.getOut().flush();
    Optional<String> loss = StandardOutput.loss();
    loss.filter(reason -> !reason.isEmpty())
        .ifPresent(
            reason ->
                commandLine
                    .getErr()
                    .println(
                        commandLine.getCommandSpec().qualifiedName()
                            + ": the standard output cannot be written: "
                            + reason));
    commandLine.getErr().flush();
    return exitCode == SUCCESS && loss.isPresent() ? FAILURE : exitCode;
  }

  /**
   * Runs a command with its output caught, for tests and embedding.
   *
   * @param command as for {@link #run(Object, String...)}
   * @param out receives what goes to the standard output
   * @param err receives what goes to the error stream
   * @param arguments the command line without the program's name
   * @return the exit code
   */
  public static int run(Object command, PrintWriter out, PrintWriter err, String... arguments) {
    return execute(prepare(command).setOut(out).setErr(err), arguments);
  }

  private static int execute(CommandLine commandLine, String... arguments) {
    try {
      return commandLine.execute(arguments);
    } catch (OutOfMemoryError full) {
      PrintWriter err = commandLine.getErr();
      err.println(
          commandLine.getCommandSpec().qualifiedName()
              + ": out of memory ("
              + full.getMessage()
              + "); PHYSIOWAVE_JAVA_OPTS=-Xmx8g, for one, gives Java more than "
              + (Runtime.getRuntime().maxMemory() >> 20)
              + " MiB");
      err.flush();
      return FAILURE;
    }
  }

  private static CommandLine prepare(Object command) {
    CommandLine commandLine = new CommandLine(command);
    equip(commandLine, new HashSet<>());
    return commandLine
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(CommandRunner::reportUsage)
        .setExecutionExceptionHandler(CommandRunner::reportFailure);
  }

  private static void equip(CommandLine commandLine, Set<CommandSpec> seen) {
    CommandSpec spec = commandLine.getCommandSpec();
    if (!seen.add(spec)) {
      return;
    }
    spec.mixinStandardHelpOptions(true);
    spec.versionProvider(new ProjectVersion());
    spec.usageMessage().synopsisHeading("Usage: " + program(spec));
    if (spec.findOption(DEBUG) == null) {
      spec.addOption(
          OptionSpec.builder(DEBUG)
              .type(boolean.class)
              .description("Show the stack trace of a failure.")
              .build());
    }
    commandLine.getSubcommands().values().forEach(sub -> equip(sub, seen));
  }

  /** What a person types before the command's name. */
  private static String program(CommandSpec spec) {
    return spec.qualifiedName().startsWith(PROGRAM.strip()) ? "" : PROGRAM;
  }

  private static int reportUsage(CommandLine.ParameterException failure, String[] arguments) {
    CommandLine commandLine = failure.getCommandLine();
    PrintWriter err = commandLine.getErr();
    String name = commandLine.getCommandSpec().qualifiedName();
    err.println(name + ": " + FailureMessage.oneLine(failure));
    CommandLine.UnmatchedArgumentException.printSuggestions(failure, err);
    err.println(
        "Try '" + program(commandLine.getCommandSpec()) + name + " --help' for the options.");
    err.flush();
    return USAGE;
  }

  private static int reportFailure(
      Exception failure, CommandLine commandLine, CommandLine.ParseResult parsed) {
    PrintWriter err = commandLine.getErr();
    err.println(commandLine.getCommandSpec().qualifiedName() + ": " + FailureMessage.of(failure));
    if (debugAsked(parsed)) {
      failure.printStackTrace(err);
    }
    err.flush();
    return FAILURE;
  }

  private static boolean debugAsked(CommandLine.ParseResult parsed) {
    return parsed.matchedOptionValue(DEBUG, false)
        || (parsed.hasSubcommand() && debugAsked(parsed.subcommand()));
  }
}
