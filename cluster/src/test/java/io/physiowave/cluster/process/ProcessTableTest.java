package io.physiowave.cluster.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.physiowave.cluster.layout.ClusterFolder;
import io.physiowave.cluster.layout.Libraries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ProcessTableTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir private Path directory;
  private ClusterFolder folder;
  private ProcessTable table;

  /** What the processes of this test run: says something, then waits or ends. */
  static final class Main {
    public static void main(String[] arguments) throws InterruptedException {
      System.out.println("tmp is " + System.getProperty("java.io.tmpdir"));
      System.out.flush();
      if (arguments.length > 0) {
        System.exit(Integer.parseInt(arguments[0]));
      }
      new CountDownLatch(1).await();
    }
  }

  @BeforeEach
  void open() {
    folder = new ClusterFolder(directory.resolve("with a blank"));
    table = new ProcessTable(folder);
  }

  @AfterEach
  void stop() {
    table.stop(table.names(), PATIENCE);
  }

  private void start(String name, String... arguments) {
    table.start(
        new JavaCommand(
            name,
            Libraries.ofThisProcess().all(),
            List.of("-Xmx16m", "-XX:TieredStopAtLevel=1"),
            Main.class.getName(),
            List.of(arguments),
            Map.of()));
  }

  @Test
  void names_a_record_that_it_cannot_read() throws Exception {
    Path record = new ClusterFolder(directory).run().resolve("broker.json");
    Files.createDirectories(record.getParent());
    Files.writeString(record, "4711");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ProcessTable(new ClusterFolder(directory)).isUp("broker"))
        .withMessageContaining(record.toString())
        .withMessageContaining("end the process broker if it runs");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void finds_its_processes_again_after_the_clock_was_set() throws Exception {
    start("one");
    Path record = folder.run().resolve("one.json");
    ObjectMapper json = new ObjectMapper();
    ObjectNode before = (ObjectNode) json.readTree(record.toFile());
    before.put("startMillis", before.path("startMillis").asLong() + 3_600_000);
    json.writeValue(record.toFile(), before);

    assertThat(table.isUp("one")).isTrue();
    assertThat(table.stop(List.of("one"), PATIENCE)).isEqualTo(1);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void takes_another_process_with_the_same_id_for_none_of_its_own() throws Exception {
    start("one");
    Path record = folder.run().resolve("one.json");
    String written = Files.readString(record);
    long pid = table.state("one").pid();
    Files.writeString(
        record, written.replace("" + pid, Long.toString(ProcessHandle.current().pid())));

    assertThat(table.isUp("one")).isFalse();
    Files.writeString(record, written);
  }

  /** As when 'up' is killed right after it has started one. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void finds_a_process_that_nobody_came_to_write_down() throws Exception {
    start("one");
    ProcessHandle process = table.handle("one").orElseThrow();
    Files.delete(folder.run().resolve("one.json"));

    ProcessTable later = new ProcessTable(folder);
    assertThat(later.names()).containsExactly("one");
    assertThat(later.state("one").isUp()).isTrue();
    assertThatIllegalStateException().isThrownBy(() -> start("one")).withMessageContaining("runs");
    assertThat(later.stop(later.names(), PATIENCE)).isEqualTo(1);
    assertThat(process.isAlive()).isFalse();
    assertThat(later.names()).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void takes_no_process_for_its_own_by_an_id_that_is_left() throws Exception {
    Path id = Files.createDirectories(folder.run()).resolve("old.pid");
    Files.writeString(id, Long.toString(ProcessHandle.current().pid()));

    assertThat(table.isUp("old")).isFalse();
    assertThat(table.stop(table.names(), PATIENCE)).isZero();
    assertThat(id).doesNotExist();
  }

  @Test
  void finds_processes_that_a_former_version_wrote_down() throws Exception {
    start("one");
    Path record = folder.run().resolve("one.json");
    ObjectMapper json = new ObjectMapper();
    ObjectNode now = (ObjectNode) json.readTree(record.toFile());
    now.remove("startTicks");
    json.writeValue(record.toFile(), now);

    assertThat(table.isUp("one")).isTrue();
  }

  @Test
  void a_process_runs_with_its_own_temporary_files_until_it_is_stopped() {
    start("one");
    ProcessState state = table.state("one");
    assertThat(state.condition()).isEqualTo(ProcessState.Condition.UP);
    ProcessHandle handle = ProcessHandle.of(state.pid()).orElseThrow();
    await()
        .atMost(PATIENCE)
        .until(() -> table.logTail("one").contains("tmp is " + folder.tmp("one")));
    assertThatIllegalStateException().isThrownBy(() -> start("one")).withMessageContaining("runs");

    // Another command, later.
    assertThat(new ProcessTable(folder).stop(List.of("one", "two"), PATIENCE)).isEqualTo(1);

    assertThat(handle.isAlive()).isFalse();
    assertThat(folder.tmp("one")).doesNotExist();
    assertThat(table.state("one").condition()).isEqualTo(ProcessState.Condition.DOWN);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void a_crash_is_told_with_its_exit_code_and_last_words() {
    start("short", "42");
    await().atMost(PATIENCE).until(() -> !table.isUp("short"));

    ProcessState state = table.state("short");
    assertThat(state.condition()).isEqualTo(ProcessState.Condition.CRASHED);
    assertThat(state.exitReason()).isEqualTo("exit code 42");
    assertThat(state.logTail()).containsExactly("tmp is " + folder.tmp("short"));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void a_killed_process_can_be_started_again() {
    start("one");
    table.kill("one");
    assertThat(table.state("one").exitReason()).isEqualTo("killed by SIGKILL");

    start("one");
    assertThat(table.isUp("one")).isTrue();
  }

  @Test
  void a_process_that_only_got_the_same_id_is_left_alone() throws Exception {
    ProcessHandle other = ProcessHandle.current();
    long start = ProcessRecord.startMillis(other);
    Files.createDirectories(folder.run());
    Files.writeString(
        folder.run().resolve("old.json"),
        "{\"name\":\"old\",\"pid\":" + other.pid() + ",\"startMillis\":" + (start - 60_000) + "}");

    assertThat(table.isUp("old")).isFalse();
    assertThat(table.stop(List.of("old"), PATIENCE)).isZero();
    assertThat(other.isAlive()).isTrue();
  }
}
