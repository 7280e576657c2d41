package io.physiowave.cluster.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.physiowave.cluster.ClusterFailedException;
import io.physiowave.cluster.ClusterLock;
import io.physiowave.cluster.ClusterPlan;
import io.physiowave.cluster.LocalCluster;
import io.physiowave.cluster.layout.ClusterFolder;
import io.physiowave.cluster.layout.Libraries;
import io.physiowave.cluster.process.JavaCommand;
import io.physiowave.cluster.process.ProcessTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A command that is interrupted while its cluster comes up. */
@DisabledOnOs(OS.WINDOWS)
class CleanUpTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir private Path directory;

  /** Starts one process under the cluster's lock and waits for another one in vain. */
  static final class Command {
    public static void main(String[] arguments) {
      ClusterFolder folder = new ClusterFolder(Path.of(arguments[0]));
      ClusterLock.whileLocked(
          folder,
          () -> {
            LocalCluster cluster =
                new LocalCluster(folder, new ClusterShape().plan(Optional.empty()));
            try (CleanUp cleanUp = new CleanUp(cluster, cluster.plan().processes())) {
              cluster.processes().start(command(ClusterPlan.PAGE, Slow.class, folder.root()));
              cluster.await("nothing", PATIENCE, () -> false);
              cleanUp.notNeeded();
            }
          });
    }
  }

  /** Says that it was told to end, and does not until the test says so. */
  static final class Slow {
    public static void main(String[] arguments) throws Exception {
      Path folder = Path.of(arguments[0]);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> dawdle(folder)));
      Files.createFile(folder.resolve("runs"));
      new CountDownLatch(1).await();
    }

    private static void dawdle(Path folder) {
      try {
        Files.createFile(folder.resolve("ends"));
        while (!Files.exists(folder.resolve("may end"))) {
          LockSupport.parkNanos(10_000_000);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static JavaCommand command(String name, Class<?> main, Path folder) {
    return new JavaCommand(
        name,
        Libraries.ofThisProcess().all(),
        List.of("-Xmx64m", "-XX:TieredStopAtLevel=1"),
        main.getName(),
        List.of(folder.toString()),
        Map.of());
  }

  private ClusterFolder cluster() {
    return new ClusterFolder(directory.resolve("a cluster"));
  }

  private ProcessTable commands() {
    return new ProcessTable(new ClusterFolder(directory.resolve("commands")));
  }

  @AfterEach
  void endAll() {
    commands().stop(commands().names(), PATIENCE);
    LocalCluster.stop(cluster());
  }

  private boolean isLocked() {
    try {
      ClusterLock.whileLocked(cluster(), () -> {});
      return false;
    } catch (ClusterFailedException e) {
      return true;
    }
  }

  @Test
  void keeps_the_lock_until_what_it_started_has_ended() throws Exception {
    Path folder = cluster().root();
    commands().start(command("up", Command.class, folder));
    await().atMost(PATIENCE).until(() -> Files.exists(folder.resolve("runs")));
    ProcessHandle up = commands().handle("up").orElseThrow();

    up.destroy();
    await().atMost(PATIENCE).until(() -> Files.exists(folder.resolve("ends")));

    // Longer than the command looks whether it was interrupted.
    await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(10)).until(this::isLocked);
    Files.createFile(folder.resolve("may end"));
    up.onExit().join();
    assertThat(isLocked()).isFalse();
    assertThat(new ProcessTable(cluster()).names()).isEmpty();
  }
}
