package io.physiowave.cluster.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.cluster.ClusterLock;
import io.physiowave.cluster.layout.ClusterFolder;
import io.physiowave.connectors.command.CommandRunner;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused before anything starts. */
class ClusterCommandTest {
  @TempDir private Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return CommandRunner.run(
        new ClusterCommand(), new PrintWriter(out), new PrintWriter(err), arguments);
  }

  @Test
  void says_what_it_can_do() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).startsWith("cluster: say what to do: up, submit, status or down");
  }

  @ParameterizedTest
  @CsvSource({"status", "submit"})
  void names_the_folder_in_which_no_cluster_was_started(String command) {
    assertThat(run(command, "--dir", directory.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("no cluster was started in " + directory).hasLineCount(1);
  }

  @Test
  void has_nothing_to_take_down_where_nothing_was_started() {
    assertThat(run("down", "--dir", directory.toString())).isZero();
    assertThat(out.toString()).contains("No cluster in " + directory);
  }

  @ParameterizedTest
  @CsvSource({"up", "status", "submit"})
  void says_what_to_do_about_a_plan_that_it_did_not_write(String command) throws Exception {
    Files.writeString(directory.resolve("cluster.json"), "{bad");
    assertThat(run(command, "--dir", directory.toString())).isEqualTo(1);
    assertThat(err.toString())
        .contains(directory.resolve("cluster.json") + " is not what 'cluster up' writes")
        .contains("end what runs with 'physiowave cluster down', and delete the file")
        .hasLineCount(1);
  }

  @Test
  void takes_down_what_a_broken_plan_tells_nothing_of() throws Exception {
    Files.writeString(directory.resolve("cluster.json"), "{bad");

    assertThat(run("down", "--dir", directory.toString())).isZero();
    assertThat(out.toString()).contains("Nothing ran.");
  }

  @Test
  void deletes_nothing_while_another_command_is_at_it() throws Exception {
    Path cluster = directory.resolve("a cluster");
    List<Integer> exitCodes = new ArrayList<>();

    // As 'up' does before it has written its plan.
    ClusterLock.whileLocked(
        new ClusterFolder(cluster),
        () -> exitCodes.add(run("down", "--delete", "--dir", cluster.toString())));

    assertThat(exitCodes).containsExactly(1);
    assertThat(err.toString()).contains("another command is changing the cluster").hasLineCount(1);
    assertThat(run("down", "--delete", "--dir", cluster.toString())).isZero();
    assertThat(cluster).doesNotExist();
  }

  @Test
  void refuses_a_file_in_place_of_its_folder() throws Exception {
    Path file = Files.createFile(directory.resolve("a file"));
    assertThat(run("up", "--dir", file.toString())).isEqualTo(1);
    assertThat(err.toString()).contains(file + ", which is a file").hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource({
    "--taskmanagers, 0, expected 1 to 32",
    "--slots, 65, expected 1 to 64",
    "--gateways, -1, expected 0 to 64",
    "--taskmanager-heap, 5, expected at least 64m",
    "--kafka-port, 70000, expected 0 to 65535",
    "--gateway-port, -1, expected 0 to 65535",
    "--metrics-port, 65536, expected 0 to 65535",
  })
  void refuses_impossible_sizes(String flag, String value, String reason) {
    assertThat(run("up", "--dir", directory.toString(), flag, value)).isEqualTo(1);
    assertThat(err.toString()).contains(flag + " is " + value).contains(reason).hasLineCount(1);
  }

  @Test
  void refuses_a_port_that_is_taken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertThat(run("up", "--dir", directory.toString(), "--flink-port", port)).isEqualTo(1);
      assertThat(err.toString()).contains("port " + port + " for Flink's web interface is taken");
    }
  }

  @Test
  void refuses_a_model_that_is_none_before_any_process_starts() {
    assertThat(run("up", "--dir", directory.toString(), "--model", "no/such.onnx")).isEqualTo(1);
    assertThat(err.toString()).contains("such.onnx");
    assertThat(directory.resolve("run")).doesNotExist();
  }
}
