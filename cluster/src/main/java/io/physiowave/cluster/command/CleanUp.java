package io.physiowave.cluster.command;

import io.physiowave.cluster.LocalCluster;
import java.time.Duration;
import java.util.List;

/**
 * Ends what was started unless told that all went well: after a failure, and when the command is
 * interrupted.
 */
final class CleanUp implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final LocalCluster cluster;
  private final List<String> started;
  private final Thread hook;
  private boolean needed = true;

  CleanUp(LocalCluster cluster, List<String> started) {
    this.cluster = cluster;
    this.started = List.copyOf(started);
    this.hook = new Thread(this::interrupted, "cluster-clean-up");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void interrupted() {
    cluster.interrupt();
    stop();
  }

  private void stop() {
    if (started.size() == cluster.plan().processes().size()) {
      cluster.stop();
    } else {
      cluster.processes().stop(started, PATIENCE);
    }
  }

  /** Everything runs. */
  void notNeeded() {
    needed = false;
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The hook runs, and does it. Whoever holds the cluster's lock holds it until then.
      awaitHook();
      return;
    }
    if (needed) {
      stop();
    }
  }

  private void awaitHook() {
    try {
      hook.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
