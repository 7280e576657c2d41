package io.physiowave.training.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.physiowave.training.model.ModelWeights;
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
 * The container of checkpoints: a zip archive of {@code checkpoint.json}, {@code
 * weights.safetensors} and one entry {@code sections/NAME} per section, none of them compressed.
 *
 * @param header {@code checkpoint.json}: format, version, what the model is, names of the sections
 */
record CheckpointArchive(JsonNode header, ModelWeights weights, Map<String, byte[]> sections) {
  static final ObjectMapper MAPPER = JsonMapper.builder().build();

  private static final String HEADER = "checkpoint.json";
  private static final String WEIGHTS = "weights.safetensors";
  private static final String SECTIONS = "sections/";
  private static final int VERSION = 1;

  /** A header with format and version, to be filled. */
  static ObjectNode header(String format) {
    return MAPPER.createObjectNode().put("format", format).put("version", VERSION);
  }

  /** The format that the file's header names; empty when it has none. */
  static String format(Path file) throws IOException {
    byte[] header = parts(file).get(HEADER);
    return header == null ? "" : json(file, header).path("format").asText();
  }

  /** Replaces a file whole: a crash or a full disk leaves the former one. */
  static void write(
      Path file, ObjectNode header, ModelWeights weights, Map<String, byte[]> sections)
      throws IOException {
    header.set("sections", MAPPER.valueToTree(sections.keySet()));
    AtomicFile.write(
        file,
        out -> {
          StoredZip zip = new StoredZip(out);
          zip.put(HEADER, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(header));
          zip.put(WEIGHTS, SafeTensors.write(weights));
          for (Map.Entry<String, byte[]> section : sections.entrySet()) {
            zip.put(SECTIONS + section.getKey(), section.getValue());
          }
          zip.finish();
        });
  }

  /**
   * Reads a file.
   *
   * @param format that its header must name
   * @throws CheckpointFormatException if it is of another format, or is damaged
   */
  static CheckpointArchive read(Path file, String format) throws IOException {
    Map<String, byte[]> parts = parts(file);
    if (!parts.containsKey(HEADER) || !parts.containsKey(WEIGHTS)) {
      throw new CheckpointFormatException(
          file
              + ": neither a checkpoint of this project nor a .pth file of torch.save, or cut off;"
              + " it holds "
              + (parts.isEmpty() ? "no part of either" : parts.keySet()));
    }
    JsonNode header = header(file, parts.remove(HEADER), format);
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
      return new CheckpointArchive(header, SafeTensors.read(weights), sections);
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
    } catch (ZipException damaged) {
      throw new CheckpointFormatException(
          file + ": the checkpoint is damaged: " + damaged.getMessage(), damaged);
    } catch (EOFException cutOff) {
      throw new CheckpointFormatException(file + ": the checkpoint is cut off", cutOff);
    }
    return parts;
  }

  private static JsonNode json(Path file, byte[] header) throws IOException {
    try {
      return MAPPER.readTree(header);
    } catch (JsonProcessingException malformed) {
      throw new CheckpointFormatException(
          file + ": " + HEADER + " is not JSON: " + malformed.getOriginalMessage(), malformed);
    }
  }

  private static JsonNode header(Path file, byte[] content, String format) throws IOException {
    JsonNode header = json(file, content);
    if (!header.path("format").asText().equals(format)) {
      throw new CheckpointFormatException(
          file
              + ": "
              + HEADER
              + " names the format "
              + header.path("format")
              + ", not "
              + format
              + (header.path("format").asText().equals(MultiTaskCheckpointFile.FORMAT)
                  ? "; a model of several tasks is read by 'evaluate' and 'export' alone"
                  : ""));
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
}
