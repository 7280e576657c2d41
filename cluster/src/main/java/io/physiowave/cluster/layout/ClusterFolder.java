package io.physiowave.cluster.layout;

import io.physiowave.streaming.options.ModelOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The one folder of a local cluster: nothing of it lies elsewhere.
 *
 * <pre>
 * cluster.json    what the cluster consists of    conf/     each process's configuration
 * submission.json how the job was submitted last  state/    checkpoints and savepoints
 * run/            who runs, and how they ended    logs/     what each said
 * kafka/          the broker's storage            lib/      native libraries, the job's jar
 * recovery/       what a new JobManager needs     tmp/      temporary files, by process
 * </pre>
 */
public record ClusterFolder(Path root) {
  /** Less than this is a full disk. */
  private static final long LEAST_BYTES = 1 << 20;

  public ClusterFolder {
    Objects.requireNonNull(root, "root");
    root = root.toAbsolutePath().normalize();
  }

  /** The file that says what the cluster consists of. */
  public Path plan() {
    return root.resolve("cluster.json");
  }

  /** How the job was submitted last. */
  public Path submission() {
    return root.resolve("submission.json");
  }

  /** Records of the processes. */
  public Path run() {
    return root.resolve("run");
  }

  /** What the processes said. */
  public Path logs() {
    return root.resolve("logs");
  }

  /** Configuration of a process. */
  public Path conf(String process) {
    return root.resolve("conf").resolve(process);
  }

  /** Temporary files of a process. */
  public Path tmp(String process) {
    return root.resolve("tmp").resolve(process);
  }

  /** The broker's storage. */
  public Path kafka() {
    return root.resolve("kafka");
  }

  /** Flink's checkpoints. */
  public Path checkpoints() {
    return root.resolve("state").resolve("checkpoints");
  }

  /** Copies of the models that jobs have had: the default of {@code models-store}. */
  public Path models() {
    return checkpoints().resolve(ModelOptions.DEFAULT_STORE);
  }

  /** Flink's savepoints. */
  public Path savepoints() {
    return root.resolve("state").resolve("savepoints");
  }

  /** What a JobManager leaves to the next one; worth nothing once the cluster is down. */
  public Path recovery() {
    return root.resolve("recovery");
  }

  /** ZooKeeper's storage: who leads, and where a job's latest checkpoint is. */
  public Path zooKeeper() {
    return recovery().resolve("zookeeper");
  }

  /** What Flink keeps of its jobs: their graphs, jars and pointers to checkpoints. */
  public Path jobs() {
    return recovery().resolve("jobs");
  }

  /** ONNX Runtime's native libraries. */
  public Path nativeLibraries() {
    return root.resolve("lib").resolve("native");
  }

  /** What is submitted. */
  public Path jobJar() {
    return root.resolve("lib").resolve("physiowave-job.jar");
  }

  /** Temporary files of all processes. */
  public Path allTmp() {
    return root.resolve("tmp");
  }

  /**
   * A directory as Flink takes it: with its scheme, and blanks as blanks. Flink reads {@code %20}
   * as three characters of a name, and would write beside the folder.
   */
  public static String forFlink(Path directory) {
    return "file:" + directory.toUri().getPath();
  }

  /**
   * What to add to the failure of a process when the folder's disk is full, for then its log ends
   * before it says so; empty otherwise.
   */
  public String shortage() {
    try {
      return shortage(Files.getFileStore(root).getUsableSpace());
    } catch (IOException e) {
      return "";
    }
  }

  String shortage(long usableBytes) {
    return usableBytes < LEAST_BYTES
        ? "; the disk of " + root + " has " + (usableBytes >> 10) + " kB left"
        : "";
  }

  /** Makes a directory, and those above it. */
  public static Path made(Path directory) {
    try {
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + directory, e);
    }
  }
}
