package io.physiowave.training.command;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Prints figures, nested by name, as JSON or indented text. */
final class BenchReport {
  private BenchReport() {}

  static void requirePositive(CommandSpec spec, String option, int value) {
    if (value < 1) {
      throw new ParameterException(
          spec.commandLine(), option + " is " + value + "; expected 1 or more");
    }
  }

  static void print(CommandSpec spec, Map<String, Object> report, boolean json) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(report));
    } else {
      print(out, report, "");
    }
    out.flush();
  }

  private static void print(PrintWriter out, Map<?, ?> figures, String indent) {
    figures.forEach(
        (name, value) -> {
          if (value instanceof Map<?, ?> nested) {
            out.println(indent + name);
            print(out, nested, indent + "  ");
          } else if (value instanceof Double number) {
            out.printf(Locale.ROOT, "%s%-24s %.3f%n", indent, name, number);
          } else {
            out.printf(Locale.ROOT, "%s%-24s %s%n", indent, name, value);
          }
        });
  }
}
