package io.physiowave.benchmarks.gateway;

import java.util.concurrent.CompletableFuture;

/** A way through the gateway with many ends, such as devices; for several threads at once. */
interface Route extends AutoCloseable {
  /** Devices that send, or streams that are listened to. */
  int ends();

  /** Messages of one end that may be on their way when all goes as fast as it may. */
  int window();

  /**
   * Sends a message after those of the same end.
   *
   * @param end 0 to ends - 1
   * @param number how many it has sent before
   * @return done when it has come through; fails when it does not
   */
  CompletableFuture<Void> send(int end, int number);

  @Override
  void close();
}
