package io.physiowave.training.command;

import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Lets every option that is spelled with underscores, as the published scripts do, be spelled with
 * hyphens too: {@code --train-file} for {@code --train_file}. As there, of an option that is given
 * twice the last value holds, so that a script may pass its own arguments on behind its defaults.
 */
public final class PublishedSpelling implements IParameterPreprocessor {

  @Override
  public boolean preprocess(
      Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> info) {
    command.parser().overwrittenOptionsAllowed(true);
    arguments.replaceAll(argument -> spelled(argument, command));
    return false;
  }

  private static String spelled(String argument, CommandSpec command) {
    if (!argument.startsWith("--")) {
      return argument;
    }
    int end = argument.indexOf('=') < 0 ? argument.length() : argument.indexOf('=');
    String name = "--" + argument.substring(2, end).replace('-', '_');
    return command.findOption(name) == null ? argument : name + argument.substring(end);
  }
}
