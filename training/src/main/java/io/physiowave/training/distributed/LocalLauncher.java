package io.physiowave.training.distributed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Starts the processes of a distributed training on this machine, each a copy of this Java machine
 * with the variables of its {@link Rank}, and waits for them. What they print comes out line by
 * line behind {@code [rank N]}. When one fails the others are stopped; when this process is asked
 * to end, so are they.
 */
public final class LocalLauncher {
  private static final int INTERRUPTED = 130;
  private static final long GRACE_SECONDS = 20;
  private static final long SAVING_SECONDS = 60;
  private static final String THREADS = "OMP_NUM_THREADS";
  private static final String STARTER = "PHYSIOWAVE_STARTER";

  private final String mainClass;
  private final PrintWriter out;
  private final PrintWriter err;
  private volatile boolean ending;

  /**
   * Says what is started.
   *
   * @param mainClass the program, on this Java machine's class path
   * @param out receives what the processes print
   * @param err receives their errors
   */
  public LocalLauncher(Class<?> mainClass, PrintWriter out, PrintWriter err) {
    this.mainClass = mainClass.getName();
    this.out = out;
    this.err = err;
  }

  /**
   * In a process that was started so: ends it, politely, when the one that started it has ended
   * without a word. Elsewhere this does nothing.
   */
  public static void followStarter() {
    String starter = System.getenv(STARTER);
    if (starter != null) {
      ProcessHandle.of(Long.parseLong(starter))
          .ifPresent(
              handle -> {
                Thread watch =
                    new Thread(
                        () -> {
                          handle.onExit().join();
                          System.exit(INTERRUPTED);
                        },
                        "follow-starter");
                watch.setDaemon(true);
                watch.start();
              });
    }
  }

  /** How one of them ended. */
  private record Exit(int rank, int code) {}

  /**
   * Runs the processes to their end.
   *
   * @param processes how many, at least 1
   * @param arguments the same for all
   * @return 0 when all succeeded, else the exit code of the first that did not
   */
  public int run(int processes, List<String> arguments) throws IOException {
    int port = freePort();
    List<Process> started = new ArrayList<>();
    List<Thread> printers = new ArrayList<>();
    List<CompletableFuture<Boolean>> watches = new ArrayList<>();
    BlockingQueue<Exit> exits = new LinkedBlockingQueue<>();
    Thread hook = new Thread(() -> end(started), "stop-processes");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      for (int number = 0; number < processes; number++) {
        int rank = number;
        Process process =
            start(new Rank(rank, processes, rank, Rank.ALONE.masterAddress(), port), arguments);
        started.add(process);
        printers.add(printer(process.getInputStream(), rank, out));
        printers.add(printer(process.getErrorStream(), rank, err));
        watches.add(
            process.onExit().thenApply(ended -> exits.add(new Exit(rank, ended.exitValue()))));
      }
      int code = firstFailure(watches.size(), started, exits);
      for (Thread printer : printers) {
        printer.join();
      }
      return code;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return INTERRUPTED;
    } finally {
      stop(started, GRACE_SECONDS);
      removeHook(hook);
    }
  }

  /** This process is asked to end: they are too, and how they end then is no failure of theirs. */
  private void end(List<Process> started) {
    ending = true;
    stop(started, SAVING_SECONDS);
  }

  private int firstFailure(int processes, List<Process> started, BlockingQueue<Exit> exits)
      throws InterruptedException {
    int code = 0;
    for (int ended = 0; ended < processes; ended++) {
      Exit exit = exits.take();
      if (exit.code() != 0 && code == 0) {
        code = exit.code();
        if (code != INTERRUPTED && !ending) {
          err.println("rank " + exit.rank() + " ended with code " + code + "; stopping the others");
          err.flush();
          stop(started, GRACE_SECONDS);
        }
      }
    }
    return code;
  }

  private Process start(Rank rank, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      // An agent of a debugger or profiler belongs to this process alone.
      if (!option.startsWith("-agentlib") && !option.startsWith("-javaagent")) {
        command.add(option);
      }
    }
    command.add(mainClass);
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.putAll(rank.environment());
    environment.put(STARTER, String.valueOf(ProcessHandle.current().pid()));
    // On the command line it would be too long for some systems.
    environment.put("CLASSPATH", System.getProperty("java.class.path"));
    int share = Math.max(1, Runtime.getRuntime().availableProcessors() / rank.worldSize());
    environment.putIfAbsent(THREADS, String.valueOf(share));
    return builder.start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Thread printer(InputStream lines, int rank, PrintWriter to) {
    Thread thread =
        new Thread(
            () -> {
              try (BufferedReader reader =
                  new BufferedReader(new InputStreamReader(lines, StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                  // Gloo tells everybody of every connection.
                  if (!line.startsWith("[Gloo] ")) {
                    to.println("[rank " + rank + "] " + line);
                    to.flush();
                  }
                }
              } catch (IOException e) {
                throw new UncheckedIOException("the output of rank " + rank + " is lost", e);
              }
            },
            "rank-" + rank);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /**
   * Politely first; then whatever is left is killed. By their handles, for {@link Process#destroy}
   * would close their last words too.
   */
  private static void stop(List<Process> processes, long seconds) {
    processes.forEach(process -> process.toHandle().destroy());
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    try {
      for (Process process : processes) {
        if (!process.waitFor(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
          process.toHandle().destroyForcibly();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      processes.forEach(process -> process.toHandle().destroyForcibly());
    }
  }

  private void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already, and the hook is at work.
      err.flush();
    }
  }
}
