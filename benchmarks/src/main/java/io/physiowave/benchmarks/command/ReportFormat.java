package io.physiowave.benchmarks.command;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How a measurement is printed. */
final class ReportFormat {
  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  /**
   * Prints a report.
   *
   * @param text the same for people
   */
  void print(CommandSpec spec, Object report, String text) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(report));
    } else {
      out.print(text);
    }
    out.flush();
  }
}
