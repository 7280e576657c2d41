package io.physiowave.training.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A {@link PretrainingRun} as JSON in a checkpoint's sections; unknown fields are ignored. */
public final class PretrainingRunJson {
  /** The section's name. */
  public static final String SECTION = "pretraining.json";

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private PretrainingRunJson() {}

  /** Indented JSON. */
  public static byte[] write(PretrainingRun run) {
    try {
      return MAPPER.writeValueAsBytes(run);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a pretraining always has a JSON form", e);
    }
  }

  /** The sections of a checkpoint that knows its pretraining; none without one. */
  public static Map<String, byte[]> sections(Optional<PretrainingRun> run) {
    return run.map(known -> Map.of(SECTION, write(known))).orElse(Map.of());
  }

  /**
   * What a checkpoint's sections tell; empty for checkpoints of earlier versions and other origin.
   *
   * @param file named in messages
   * @throws CheckpointFormatException if the section is damaged
   */
  public static Optional<PretrainingRun> read(Map<String, byte[]> sections, Path file)
      throws CheckpointFormatException {
    byte[] section = sections.get(SECTION);
    if (section == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(MAPPER.readValue(section, PretrainingRun.class));
    } catch (IOException e) {
      throw new CheckpointFormatException(file + ": " + SECTION + ": " + e.getMessage(), e);
    }
  }
}
