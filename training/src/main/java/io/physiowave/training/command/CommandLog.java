package io.physiowave.training.command;

import java.io.PrintWriter;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;

/** Prints lines for the user on a command's output, at once. */
final class CommandLog implements Consumer<String> {
  private final PrintWriter out;

  CommandLog(CommandSpec command) {
    out = command.commandLine().getOut();
  }

  @Override
  public void accept(String line) {
    out.println(line);
    out.flush();
  }
}
