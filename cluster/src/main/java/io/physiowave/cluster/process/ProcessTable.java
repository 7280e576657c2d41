package io.physiowave.cluster.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.physiowave.cluster.layout.ClusterFolder;
import io.physiowave.quickstart.embedded.DirectoryTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The processes of a cluster's folder. They outlive the command that starts them, whichever way it
 * ends, and a later command finds them by id and time of start.
 *
 * <p>Where there is a shell, one waits for each process and writes down its exit code; nobody else
 * could learn it. Elsewhere a crash is seen, but not its code.
 */
public final class ProcessTable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LOG_TAIL = 8;
  private static final Duration START_PATIENCE = Duration.ofMinutes(1);
  private static final Duration EXIT_CODE_PATIENCE = Duration.ofSeconds(20);
  private static final long POLL_MILLIS = 20;
  private static final Path SHELL = Path.of("/bin/sh");

  /** $1 output, $2 file of the process id, $3 file of the exit code, then the command. */
  private static final String WATCH =
      """
      trap '' HUP INT
      output=$1 id=$2 code=$3
      shift 3
      "$@" </dev/null >>"$output" 2>&1 &
      echo $! >"$id.new" && mv "$id.new" "$id"
      wait $!
      echo $? >"$code.new" && mv "$code.new" "$code"
      """;

  private final ClusterFolder folder;

  public ProcessTable(ClusterFolder folder) {
    this.folder = folder;
  }

  /**
   * Starts a process. All its temporary files go into the cluster's folder.
   *
   * @throws IllegalStateException when one of that name runs, or the system starts none
   */
  public void start(JavaCommand command) {
    String name = command.name();
    if (isUp(name)) {
      throw new IllegalStateException(name + " runs already");
    }
    forget(name);
    Path arguments = arguments(name);
    command
        .withJvmOptions(
            List.of(
                "-Djava.io.tmpdir=" + ClusterFolder.made(folder.tmp(name)),
                "-XX:ErrorFile=" + folder.logs().resolve(name + "-hs_err.log"),
                "-XX:+ExitOnOutOfMemoryError",
                // The file that jps reads would lie in the system's folder.
                "-XX:-UsePerfData"))
        .writeTo(arguments);
    ClusterFolder.made(folder.logs());
    ClusterFolder.made(folder.run());
    try {
      write(launch(command, arguments));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while starting " + name, e);
    }
  }

  private ProcessRecord launch(JavaCommand command, Path arguments)
      throws IOException, InterruptedException {
    String name = command.name();
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> words = new ArrayList<>();
    boolean watched = Files.isExecutable(SHELL);
    Path output = output(name);
    if (watched) {
      words.addAll(List.of(SHELL.toString(), "-c", WATCH, "watch-" + name));
      words.addAll(List.of(output.toString(), file(name, "pid").toString()));
      words.add(file(name, "exit").toString());
    }
    words.addAll(List.of(java.toString(), "@" + arguments));
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.root().toFile());
    builder.environment().putAll(command.environment());
    builder.redirectErrorStream(true);
    builder.redirectOutput(
        watched
            ? ProcessBuilder.Redirect.DISCARD
            : ProcessBuilder.Redirect.appendTo(output.toFile()));
    Process started = builder.start();
    started.getOutputStream().close();
    ProcessHandle handle = watched ? watchedBy(started, name) : started.toHandle();
    return ProcessRecord.of(name, handle);
  }

  private ProcessHandle watchedBy(Process shell, String name)
      throws IOException, InterruptedException {
    Path id = file(name, "pid");
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (!Files.exists(id)) {
      if (!shell.isAlive() || System.nanoTime() > deadline) {
        shell.destroyForcibly();
        throw new IOException("the system did not start " + name);
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    long pid = Long.parseLong(Files.readString(id).strip());
    return ProcessHandle.of(pid)
        .orElseThrow(() -> new IOException(name + " ended at once; see " + output(name)));
  }

  private void write(ProcessRecord record) throws IOException {
    Path file = file(record.name(), "json");
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    JSON.writeValue(unfinished.toFile(), record);
    Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Whether a process of that name runs. */
  public boolean isUp(String name) {
    return handle(name).isPresent();
  }

  /** A process that runs. */
  public Optional<ProcessHandle> handle(String name) {
    return record(name).flatMap(ProcessRecord::handle);
  }

  private Optional<ProcessRecord> record(String name) {
    Path file = file(name, "json");
    if (!Files.exists(file)) {
      return unrecorded(name);
    }
    try {
      return Optional.of(JSON.readValue(file.toFile(), ProcessRecord.class));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          file
              + " is not what 'cluster up' writes; end the process "
              + name
              + " if it runs, and delete the file",
          e);
    }
  }

  /**
   * A process that runs though the command that started it was killed before it wrote that down.
   * Its id is there, from the shell; by its arguments it is this one.
   */
  private Optional<ProcessRecord> unrecorded(String name) {
    Path id = file(name, "pid");
    String arguments = arguments(name).toString();
    try {
      return Files.exists(id)
          ? ProcessHandle.of(Long.parseLong(Files.readString(id).strip()))
              .filter(process -> isGiven(process, "@" + arguments))
              .map(process -> ProcessRecord.of(name, process))
          : Optional.empty();
    } catch (NoSuchFileException | NumberFormatException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + id, e);
    }
  }

  private static boolean isGiven(ProcessHandle process, String argument) {
    return process.info().arguments().stream().flatMap(Arrays::stream).anyMatch(argument::equals);
  }

  private Path arguments(String name) {
    return folder.conf(name).resolve("java.args");
  }

  /** Names of all processes that were started and not ended in order. */
  public List<String> names() {
    if (!Files.isDirectory(folder.run())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder.run())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json") || name.endsWith(".pid"))
          .map(name -> name.substring(0, name.lastIndexOf('.')))
          .distinct()
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder.run(), e);
    }
  }

  /** How a process stands. */
  public ProcessState state(String name) {
    Optional<ProcessRecord> record = record(name);
    if (record.isEmpty()) {
      return new ProcessState(name, ProcessState.Condition.DOWN, 0, 0, 0, "", List.of());
    }
    long pid = record.get().pid();
    long startMillis = record.get().startMillis();
    if (record.get().handle().isPresent()) {
      return new ProcessState(
          name, ProcessState.Condition.UP, pid, startMillis, ResidentMemory.of(pid), "", List.of());
    }
    return new ProcessState(
        name, ProcessState.Condition.CRASHED, pid, startMillis, 0, exitReason(name), logTail(name));
  }

  private String exitReason(String name) {
    Path code = file(name, "exit");
    try {
      // The shell writes it a moment after the end.
      for (int tries = 0; tries < 10 && !Files.exists(code) && Files.exists(SHELL); tries++) {
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
      return Files.exists(code)
          ? ExitReason.of(Integer.parseInt(Files.readString(code).strip()))
          : "ended; the system does not say how";
    } catch (IOException e) {
      return "ended; " + code + " cannot be read";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "ended";
    }
  }

  /** The last lines that a process logged, or wrote to its output where it logged none. */
  public List<String> logTail(String name) {
    for (Path file : List.of(output(name), folder.logs().resolve(name + ".log"))) {
      List<String> tail = LogTail.of(file, LOG_TAIL);
      if (!tail.isEmpty()) {
        return tail;
      }
    }
    return List.of();
  }

  /**
   * Ends processes in order, all at once, and by force when that takes too long. Their temporary
   * files go with them.
   *
   * @return how many ran
   */
  public int stop(List<String> names, Duration patience) {
    Map<String, ProcessHandle> running = new LinkedHashMap<>();
    names.forEach(name -> handle(name).ifPresent(process -> running.put(name, process)));
    running.values().forEach(ProcessHandle::destroy);
    long deadline = System.nanoTime() + patience.toNanos();
    for (ProcessHandle process : running.values()) {
      if (!awaitEnd(process, Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
        process.destroyForcibly();
        awaitEnd(process, patience);
      }
    }
    running.keySet().forEach(this::awaitExitCode);
    for (String name : names) {
      forget(name);
      DirectoryTree.delete(folder.tmp(name));
    }
    return running.size();
  }

  /** Kills a process without warning, as a crash would; it then counts as crashed. */
  public void kill(String name) {
    handle(name)
        .ifPresent(
            running -> {
              running.destroyForcibly();
              awaitEnd(running, START_PATIENCE);
              awaitExitCode(name);
            });
  }

  /** The shell writes it a moment after the end: after that nothing is left that could write. */
  private void awaitExitCode(String name) {
    long deadline = System.nanoTime() + EXIT_CODE_PATIENCE.toNanos();
    while (Files.isExecutable(SHELL)
        && !Files.exists(file(name, "exit"))
        && System.nanoTime() < deadline) {
      try {
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static boolean awaitEnd(ProcessHandle process, Duration patience) {
    try {
      process.onExit().get(patience.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot wait for process " + process.pid(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void forget(String name) {
    try {
      for (String kind : List.of("json", "pid", "exit")) {
        Files.deleteIfExists(file(name, kind));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete what is recorded of " + name, e);
    }
  }

  private Path file(String name, String kind) {
    return folder.run().resolve(name + "." + kind);
  }

  private Path output(String name) {
    return folder.logs().resolve(name + ".out");
  }
}
