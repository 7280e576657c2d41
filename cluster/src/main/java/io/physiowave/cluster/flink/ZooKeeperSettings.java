package io.physiowave.cluster.flink;

import io.physiowave.cluster.layout.ClusterFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What ZooKeeper is told: one server, on loopback. */
final class ZooKeeperSettings {
  /** In numbers: by name a client would also try the address of the other IP version. */
  static final String HERE = "127.0.0.1";

  private static final int TICK_MILLIS = 2_000;

  private ZooKeeperSettings() {}

  /** Writes {@code zoo.cfg}. */
  static void write(Path file, ClusterFolder folder, int port) {
    // A properties file, in which a backslash would have a meaning.
    String data = ClusterFolder.made(folder.zooKeeper()).toString().replace('\\', '/');
    try {
      Files.write(
          file,
          List.of(
              "dataDir=" + data,
              "clientPort=" + port,
              "clientPortAddress=" + HERE,
              "tickTime=" + TICK_MILLIS,
              "admin.enableServer=false",
              "autopurge.snapRetainCount=3",
              "autopurge.purgeInterval=1"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
