package io.physiowave.training.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.ModelConfigJson;
import io.physiowave.training.run.AtomicFile;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Checkpoints as files. The format is a zip archive of {@code checkpoint.json} (format version and
 * model configuration), {@code weights.safetensors} and one entry {@code sections/NAME} per
 * section, none of them compressed.
 */
public final class CheckpointFile {
  /** The usual ending of a file's name. */
  public static final String EXTENSION = ".pwck";

  private static final String HEADER = "checkpoint.json";
  private static final String WEIGHTS = "weights.safetensors";
  private static final String SECTIONS = "sections/";
  private static final String FORMAT = "physiowave-checkpoint";
  private static final int VERSION = 1;
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();

  private CheckpointFile() {}

  /** Replaces a file whole: a crash or a full disk leaves the former one. */
  public static void write(Path file, Checkpoint checkpoint) throws IOException {
    ObjectNode header = MAPPER.createObjectNode();
    header.put("format", FORMAT);
    header.put("version", VERSION);
    header.set("model", ModelConfigJson.writeTree(checkpoint.config()));
    header.set("sections", MAPPER.valueToTree(checkpoint.sections().keySet()));
    AtomicFile.write(
        file,
        out -> {
          StoredZip zip = new StoredZip(out);
          zip.put(HEADER, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(header));
          zip.put(WEIGHTS, SafeTensors.write(checkpoint.weights()));
          for (Map.Entry<String, byte[]> section : checkpoint.sections().entrySet()) {
            zip.put(SECTIONS + section.getKey(), section.getValue());
          }
          zip.finish();
        });
  }

  /**
   * Reads a checkpoint of this project, or a {@code .pth} file with the configuration that its
   * arguments and shapes give.
   *
   * @throws CheckpointFormatException if it is neither, or is damaged
   * @throws IOException if it cannot be read
   */
  public static Checkpoint read(Path file) throws IOException {
    if (TorchArchive.isOne(file)) {
      PublishedCheckpoint published = PublishedCheckpoint.read(file);
      return new Checkpoint(PublishedConfig.of(file, published), published.weights());
    }
    Map<String, byte[]> parts = parts(file);
    if (!parts.containsKey(HEADER) || !parts.containsKey(WEIGHTS)) {
      throw new CheckpointFormatException(
          file
              + ": neither a checkpoint of this project nor a .pth file of torch.save, or cut off;"
              + " it holds "
              + (parts.isEmpty() ? "no part of either" : parts.keySet()));
    }
    JsonNode header = header(file, parts.remove(HEADER));
    ModelConfig config = config(file, header);
    byte[] weights = parts.remove(WEIGHTS);
    Map<String, byte[]> sections = new LinkedHashMap<>();
    parts.forEach((name, content) -> sections.put(name.substring(SECTIONS.length()), content));
    for (JsonNode name : header.path("sections")) {
      if (!sections.containsKey(name.asText())) {
        throw new CheckpointFormatException(
            file + ": the checkpoint is cut off: section " + name + " is missing");
      }
    }
    try {
      return new Checkpoint(config, SafeTensors.read(weights), sections);
    } catch (IOException malformed) {
      throw new CheckpointFormatException(
          file + ": " + WEIGHTS + ": " + malformed.getMessage(), malformed);
    }
  }

  // Read as a stream and not through the directory at the end: only so are the checksums compared.
  private static Map<String, byte[]> parts(Path file) throws IOException {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName();
        if (name.equals(HEADER) || name.equals(WEIGHTS) || name.startsWith(SECTIONS)) {
          parts.put(name, zip.readAllBytes());
        }
      }
    } catch (ZipException | EOFException damaged) {
      throw new CheckpointFormatException(
          file + ": the checkpoint is damaged: " + damaged.getMessage(), damaged);
    }
    return parts;
  }

  private static JsonNode header(Path file, byte[] content) throws IOException {
    JsonNode header = MAPPER.readTree(content);
    if (!header.path("format").asText().equals(FORMAT)) {
      throw new CheckpointFormatException(
          file + ": " + HEADER + " names the format " + header.path("format") + ", not " + FORMAT);
    }
    if (header.path("version").asInt() != VERSION) {
      throw new CheckpointFormatException(
          file
              + ": checkpoint version "
              + header.path("version")
              + " is not known here; expected "
              + VERSION);
    }
    return header;
  }

  private static ModelConfig config(Path file, JsonNode header) throws IOException {
    try {
      return ModelConfigJson.readTree(header.path("model"));
    } catch (IllegalArgumentException refused) {
      throw new CheckpointFormatException(file + ": " + refused.getMessage(), refused);
    }
  }
}
