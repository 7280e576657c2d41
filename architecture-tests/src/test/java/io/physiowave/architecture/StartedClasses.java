package io.physiowave.architecture;

import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Holds the commands that deployment files start against the code. */
final class StartedClasses {
  private static final String OURS = "io.physiowave.";

  private StartedClasses() {}

  /**
   * What is wrong with a command line.
   *
   * @param words a command's words, of which one may be a class of ours; the words after it are its
   *     arguments
   */
  static List<String> problems(List<String> words) {
    List<String> problems = new ArrayList<>();
    for (int at = 0; at < words.size(); at++) {
      if (words.get(at).startsWith(OURS)) {
        problem(words.get(at), words.subList(at + 1, words.size())).ifPresent(problems::add);
      }
    }
    return problems;
  }

  /** How many classes of ours the words name. */
  static long count(Stream<String> words) {
    return words.filter(word -> word.startsWith(OURS)).count();
  }

  private static Optional<String> problem(String name, List<String> arguments) {
    try {
      Class<?> type = Class.forName(name);
      if (!Modifier.isStatic(type.getMethod("main", String[].class).getModifiers())) {
        return Optional.of(name + " has no static main");
      }
      if (type.isAnnotationPresent(CommandLine.Command.class)) {
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        CommandLine command = new CommandLine(constructor.newInstance());
        // As io.physiowave.connectors.command.CommandRunner does.
        command.getCommandSpec().mixinStandardHelpOptions(true);
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.parseArgs(arguments.toArray(String[]::new));
      }
      return Optional.empty();
    } catch (ReflectiveOperationException e) {
      return Optional.of("cannot start " + name + ": " + e);
    } catch (CommandLine.ParameterException e) {
      return Optional.of(name + " does not take " + arguments + ": " + e.getMessage());
    }
  }
}
