package io.physiowave.training.distributed;

import io.physiowave.training.run.TrainingDevice;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Two members of a real group, as two threads of one process. */
public final class TwoRanks {
  private TwoRanks() {}

  /** What each member does. */
  @FunctionalInterface
  public interface Work<T> {
    T in(ProcessGroup group) throws Exception;
  }

  /** The results by rank. */
  public static <T> List<T> run(Work<T> work) throws Exception {
    int port = freePort();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (int number = 0; number < 2; number++) {
        Rank rank = new Rank(number, 2, number, "127.0.0.1", port);
        futures.add(
            threads.submit(
                () -> {
                  // The number of threads is set for each thread by itself.
                  TrainingDevice.useThreads(1);
                  try (ProcessGroup group = ProcessGroup.join(rank, new TrainingDevice("cpu"))) {
                    return work.in(group);
                  }
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdown();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
