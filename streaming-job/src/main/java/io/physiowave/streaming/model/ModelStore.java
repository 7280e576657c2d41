package io.physiowave.streaming.model;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder that holds a copy of each model file under its SHA-256, so that a copy is right or
 * noticed, and never out of date. Any number of processes may read and write it at once.
 */
public final class ModelStore {
  private static final Logger LOG = LoggerFactory.getLogger(ModelStore.class);

  private final Path folder;

  /**
   * A store, which need not exist yet.
   *
   * @param folder path or URI of a Flink file system
   */
  public ModelStore(String folder) {
    this.folder = new Path(folder);
  }

  /** Where the copy of a file lies, if there is one: {@code <folder>/<sha256>.onnx}. */
  public String place(String sha256) {
    return path(sha256).toString();
  }

  private Path path(String sha256) {
    return new Path(folder, sha256 + ".onnx");
  }

  /**
   * Reads a copy and holds it against its name.
   *
   * @throws ModelRefusedException when there is none, it cannot be read, or holds something else
   */
  ModelFile read(String sha256) throws IOException {
    return ModelFile.read(place(sha256)).require(sha256);
  }

  /** Whether a copy is there whose content is right. */
  boolean holds(String sha256) throws IOException {
    try {
      read(sha256);
      return true;
    } catch (ModelRefusedException e) {
      return false;
    }
  }

  /**
   * Makes sure that a copy is there. Nobody ever reads half of one: it is written under a name of
   * its own and renamed, which file systems do in one step, and where renaming copies, as in object
   * stores, the copy appears whole. Of several who do so at once one wins, and all are content.
   *
   * @throws IOException when the copy cannot be written, or is not what was written
   */
  void keep(ModelFile file) throws IOException {
    if (holds(file.sha256())) {
      return;
    }
    Path copy = path(file.sha256());
    FileSystem files = folder.getFileSystem();
    files.mkdirs(folder);
    Path part = new Path(folder, "." + file.sha256() + "." + UUID.randomUUID() + ".part");
    try {
      try (OutputStream out = files.create(part, WriteMode.NO_OVERWRITE)) {
        out.write(file.bytes());
      }
      rename(files, part, copy, file.sha256());
    } finally {
      // What was renamed is no longer there; a failure must not hide the first one.
      remove(files, part);
    }
    read(file.sha256());
  }

  /** Some file systems replace what is there; others leave it, and answer false or throw. */
  private void rename(FileSystem files, Path part, Path copy, String sha256) throws IOException {
    if (isRenamed(files, part, copy) || holds(sha256)) {
      return;
    }
    // What is there is not right: then nobody misses it.
    files.delete(copy, false);
    if (!isRenamed(files, part, copy) && !holds(sha256)) {
      throw new IOException(part + " cannot be renamed to " + copy);
    }
  }

  private static boolean isRenamed(FileSystem files, Path part, Path copy) {
    try {
      if (files.getUri().getScheme().equals("file")) {
        // Flink's own renaming takes away what is there first, and then nobody finds a copy.
        Files.move(local(part), local(copy), StandardCopyOption.ATOMIC_MOVE);
        return true;
      }
      return files.rename(part, copy);
    } catch (IOException e) {
      LOG.debug("{} cannot be renamed to {}", part, copy, e);
      return false;
    }
  }

  private static java.nio.file.Path local(Path path) {
    return LocalFileSystem.getSharedInstance().pathToFile(path).toPath();
  }

  private static void remove(FileSystem files, Path part) {
    try {
      if (files.exists(part)) {
        files.delete(part, false);
      }
    } catch (IOException e) {
      LOG.debug("{} stays behind, and does no harm there", part, e);
    }
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
