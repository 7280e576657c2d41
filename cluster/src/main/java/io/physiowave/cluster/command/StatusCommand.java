package io.physiowave.cluster.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.physiowave.cluster.ClusterStatus;
import io.physiowave.cluster.StatusInquiry;
import io.physiowave.connectors.command.CommandRunner;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code physiowave cluster status}. */
@Command(
    name = "status",
    description = "Says how a cluster stands. Exit code 0 when all is well, otherwise 1.")
final class StatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClusterLocation location;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    ClusterStatus status = StatusInquiry.of(location.cluster());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(status));
    } else {
      StatusText.write(out, status);
    }
    out.flush();
    return status.healthy() ? CommandRunner.SUCCESS : CommandRunner.FAILURE;
  }
}
