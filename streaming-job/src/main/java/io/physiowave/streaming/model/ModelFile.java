package io.physiowave.streaming.model;

import io.physiowave.core.card.ModelCard;
import io.physiowave.core.card.ModelCardJson;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** An ONNX file in memory, from any file system that Flink knows or a web server. */
public final class ModelFile {
  /** As long as one that ONNX's own form can hold. */
  private static final int MAXIMUM_BYTES = 2_000_000_000;

  /** It is held twice while it is read, and again while it is loaded, beside all else. */
  private static final int SHARE_OF_HEAP = 4;

  static final String WHY_NO_LONGER =
      ", the smaller of 2 GB and a quarter of this process's heap; a larger model needs more of it"
          + " (taskmanager.memory.task.heap.size)";

  private final String location;
  private final byte[] bytes;
  private final String sha256;

  private ModelFile(String location, byte[] bytes) {
    this(location, bytes, hash(bytes));
  }

  private ModelFile(String location, byte[] bytes, String sha256) {
    this.location = location;
    this.bytes = bytes;
    this.sha256 = sha256;
  }

  /**
   * Reads a file.
   *
   * @param location path, or URI such as {@code file:///models/a.onnx}, {@code s3://models/a.onnx}
   *     or {@code https://models.example/a.onnx}
   * @throws ModelRefusedException when the file is missing, unreadable or longer than 2 GB or a
   *     quarter of the heap
   */
  public static ModelFile read(String location) throws IOException {
    return read(location, maximumBytes());
  }

  static ModelFile read(String location, int maximumBytes) throws IOException {
    try {
      if (HttpDownload.serves(location)) {
        return new ModelFile(location, HttpDownload.read(location, maximumBytes));
      }
      Path path = new Path(location);
      FileSystem files = path.getFileSystem();
      requireLength(location, files.getFileStatus(path).getLen(), maximumBytes);
      try (InputStream in = files.open(path)) {
        byte[] bytes = in.readNBytes(maximumBytes);
        requireEnd(location, in, maximumBytes);
        return new ModelFile(location, bytes);
      }
    } catch (FileNotFoundException | NoSuchFileException e) {
      throw new ModelRefusedException(location + ": no such model file", e);
    } catch (IOException e) {
      throw new ModelRefusedException(
          location
              + ": the model file cannot be read: "
              + (e.getMessage() == null ? e.toString() : e.getMessage()),
          e);
    }
  }

  /**
   * Longest file that is read. A wrong address may be that of anything, and to run out of memory
   * over it would take the process's other work along.
   */
  static int maximumBytes() {
    return (int) Math.min(MAXIMUM_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
  }

  static void requireLength(String location, long bytes, int maximumBytes) {
    if (bytes > maximumBytes) {
      throw new ModelRefusedException(
          location
              + ": the file has "
              + bytes
              + " bytes; expected at most "
              + maximumBytes
              + WHY_NO_LONGER);
    }
  }

  /** What a file or a server says of its length need not be true. */
  static void requireEnd(String location, InputStream in, int maximumBytes) throws IOException {
    if (in.read() >= 0) {
      throw new ModelRefusedException(
          location + ": the file is longer than " + maximumBytes + " bytes" + WHY_NO_LONGER);
    }
  }

  /**
   * The same file, if it is the one that is meant.
   *
   * @param expected hash of its content
   * @throws ModelRefusedException when it is not
   */
  public ModelFile require(String expected) {
    if (!sha256.equals(expected)) {
      throw new ModelRefusedException(
          location
              + ": the file's SHA-256 is "
              + sha256
              + "; expected "
              + expected
              + ": it was changed since the job was told of it");
    }
    return this;
  }

  /** The same content under another name. */
  ModelFile named(String other) {
    return new ModelFile(other, bytes, sha256);
  }

  /** The model's name for the job: location, hash and card. */
  public ServedModel served() throws IOException {
    return new ServedModel(location, sha256, card());
  }

  private ModelCard card() {
    if (OnnxMetadata.value(bytes, ModelCard.FUSION_METADATA_KEY, location).isPresent()) {
      throw new ModelRefusedException(
          location + ": the model reads several signals at once; expected one of a single signal");
    }
    if (OnnxMetadata.value(bytes, ModelCard.TASKS_METADATA_KEY, location).isPresent()) {
      throw new ModelRefusedException(
          location + ": the model answers several tasks at once; expected one of a single task");
    }
    String json =
        OnnxMetadata.value(bytes, ModelCard.METADATA_KEY, location)
            .orElseThrow(
                () ->
                    new ModelRefusedException(
                        location
                            + ": the metadata has no '"
                            + ModelCard.METADATA_KEY
                            + "'; expected a model written by 'physiowave export'"));
    ModelCard card = ModelCardJson.read(json, location);
    if (card.labels().isEmpty()) {
      throw new ModelRefusedException(
          location
              + ": the model is an encoder, which gives features and no labels; expected one"
              + " exported with its task head");
    }
    return card;
  }

  /** Path or URI. */
  public String location() {
    return location;
  }

  /** The file's content; not copied. */
  public byte[] bytes() {
    return bytes;
  }

  /** Hash of the content, 64 lower-case hexadecimal digits. */
  public String sha256() {
    return sha256;
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
