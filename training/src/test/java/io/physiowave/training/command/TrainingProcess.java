package io.physiowave.training.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;

/** A training command as a process of its own, to be watched and interrupted. */
final class TrainingProcess implements AutoCloseable {
  private static final int INTERRUPT = 2;
  private static final String END = "\u0000";

  private final Process process;
  private final Thread reader;
  private final BlockingQueue<String> unread = new LinkedBlockingQueue<>();
  private final List<String> lines = new ArrayList<>();

  private TrainingProcess(Process process) {
    this.process = process;
    reader = new Thread(this::read, "output of " + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts one.
   *
   * @param environment beside this process's
   */
  static TrainingProcess start(Map<String, String> environment, List<String> arguments)
      throws IOException {
    return start(List.of(), environment, arguments);
  }

  /**
   * Starts one that may write no more than some bytes into a file, as on a disk that is full.
   *
   * @param blocks of 512 bytes
   */
  static TrainingProcess startOnFullDisk(int blocks, List<String> arguments) throws IOException {
    String limited = "ulimit -f " + blocks + " && exec \"$0\" \"$@\"";
    return start(List.of("sh", "-c", limited), Map.of(), arguments);
  }

  private static TrainingProcess start(
      List<String> before, Map<String, String> environment, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx256m");
    command.add("-XX:TieredStopAtLevel=1");
    // Which would be a file to write.
    command.add("-XX:-UsePerfData");
    command.add(TrainingCommand.class.getName());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.environment().putAll(environment);
    return new TrainingProcess(builder.start());
  }

  private void read() {
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      output.lines().forEach(unread::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      unread.add(END);
    }
  }

  /** Waits for a line that holds a text. */
  void awaitLine(String text) throws InterruptedException {
    String line = "";
    while (!line.contains(text)) {
      line = unread.take();
      if (line.equals(END)) {
        throw new AssertionError("no line with '" + text + "' in:\n" + String.join("\n", lines));
      }
      lines.add(line);
    }
  }

  /**
   * Whether processes started from here take no notice of Ctrl-C: what a shell without job control
   * starts in the background ignores it, and so does all that it starts.
   */
  static boolean ignoresInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status)
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .mapToLong(
                line -> Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16))
            .anyMatch(ignored -> (ignored & 1 << (INTERRUPT - 1)) != 0);
  }

  /** Sends a signal to this process alone. */
  void signal(String name) throws IOException, InterruptedException {
    signal(name, Stream.of(process.toHandle()));
  }

  /** Sends a signal to this process and to those it started, as a terminal does at Ctrl-C. */
  void signalAll(String name) throws IOException, InterruptedException {
    signal(name, Stream.concat(Stream.of(process.toHandle()), process.descendants()));
  }

  /** Sends a signal to one of those it started, counted from 0. */
  void signalChild(int child, String name) throws IOException, InterruptedException {
    signal(
        name,
        process
            .children()
            .sorted(Comparator.comparingLong(ProcessHandle::pid))
            .skip(child)
            .limit(1));
  }

  private static void signal(String name, Stream<ProcessHandle> processes)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    processes.forEach(process -> command.add(String.valueOf(process.pid())));
    new ProcessBuilder(command).start().waitFor();
  }

  /** Waits for the end; the exit code. */
  int end() throws InterruptedException {
    int code = process.waitFor();
    reader.join();
    unread.drainTo(lines);
    return code;
  }

  /** Everything that was printed, once it has ended. */
  String output() {
    return String.join("\n", lines);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
