package io.physiowave.cluster.command;

import io.physiowave.cluster.ClusterLock;
import io.physiowave.cluster.LocalCluster;
import io.physiowave.cluster.layout.ClusterFolder;
import io.physiowave.connectors.command.CommandRunner;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code physiowave cluster down}. */
@Command(
    name = "down",
    description = {
      "Ends all processes of a cluster and deletes their temporary files. Topics, checkpoints and"
          + " logs stay, and the next 'up' goes on with them.",
      "",
      "Exit code 0, too, when nothing runs."
    })
final class DownCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClusterLocation location;

  @Option(names = "--delete", description = "Delete the whole folder: topics, checkpoints, logs.")
  private boolean delete;

  @Override
  public Integer call() {
    ClusterFolder folder = location.folder();
    PrintWriter out = spec.commandLine().getOut();
    // An 'up' that has just begun has a lock and no plan yet.
    if (!Files.exists(folder.plan()) && !ClusterLock.isThere(folder)) {
      out.println("No cluster in " + folder.root());
      out.flush();
      return CommandRunner.SUCCESS;
    }
    ClusterLock.whileLocked(
        folder,
        () -> {
          // Not by the plan, which somebody may have broken: what runs is to end all the more.
          int stopped = LocalCluster.stop(folder);
          out.println(stopped == 0 ? "Nothing ran." : "Ended " + stopped + " processes.");
          out.flush();
          if (delete) {
            ClusterLock.deleteLocked(folder);
          }
        });
    return CommandRunner.SUCCESS;
  }
}
