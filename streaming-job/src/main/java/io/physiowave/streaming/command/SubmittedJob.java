package io.physiowave.streaming.command;

import io.physiowave.connectors.command.CommandRunner;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/**
 * The job's main class on a session cluster, where the JobManager runs it in its own process: what
 * {@link JobCommand} would end the process for is thrown here, and reaches whoever submits.
 */
public final class SubmittedJob {
  private SubmittedJob() {}

  /**
   * Builds the job and hands it to the cluster.
   *
   * @param arguments those of {@link JobCommand}
   * @throws Exception what is wrong with the arguments, or why the cluster does not take the job
   */
  public static void main(String... arguments) throws Exception {
    JobCommand job = new JobCommand();
    StringWriter problems = new StringWriter();
    CommandLine commandLine = new CommandLine(job).setErr(new PrintWriter(problems));
    commandLine.parseArgs(arguments);
    if (job.call() != CommandRunner.SUCCESS) {
      throw new IllegalArgumentException(
          problems.toString().strip().replaceAll("\\s*\\R\\s*", "; "));
    }
  }
}
