package io.physiowave.benchmarks.platform;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a measurement of real processes says what it does and what it found. */
public final class JsonOutput {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--json", description = "Print JSON, and progress on the error stream.")
  private boolean json;

  /** Takes lines of progress, which never stand among JSON. */
  public Consumer<String> progress() {
    PrintWriter lines = json ? spec.commandLine().getErr() : spec.commandLine().getOut();
    return line -> {
      lines.println(line);
      lines.flush();
    };
  }

  /**
   * Prints what was found.
   *
   * @param report as JSON
   * @param text the same for people
   */
  public void print(Object report, Supplier<String> text) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        json
            ? JsonMapper.builder()
                .build()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(report)
            : text.get());
    out.flush();
  }
}
