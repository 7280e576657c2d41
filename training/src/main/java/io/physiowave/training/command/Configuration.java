package io.physiowave.training.command;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options of a command as they stand, by the name of their flag, for the record. */
final class Configuration {
  private static final Set<String> NOT_RECORDED = Set.of("help", "version", "debug", "nproc");

  private Configuration() {}

  static Map<String, Object> of(CommandSpec command) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (OptionSpec option : command.options()) {
      String name = option.longestName().replaceFirst("^-+", "");
      Object value = plain(option.getValue());
      if (!NOT_RECORDED.contains(name) && value != null) {
        values.put(name, value);
      }
    }
    return values;
  }

  private static Object plain(Object value) {
    if (value instanceof Number || value instanceof Boolean || value == null) {
      return value;
    }
    if (value instanceof Collection<?> values) {
      List<Object> plain = values.stream().map(Configuration::plain).toList();
      return plain.isEmpty() ? null : plain;
    }
    return value instanceof Path path ? path.toString() : value.toString();
  }
}
