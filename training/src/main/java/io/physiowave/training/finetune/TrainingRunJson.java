package io.physiowave.training.finetune;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.physiowave.core.json.JsonMessages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A {@link TrainingRun} as JSON; unknown fields are ignored. */
public final class TrainingRunJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
          .build();

  private TrainingRunJson() {}

  /** Indented JSON. */
  public static String write(TrainingRun run) {
    try {
      return MAPPER.writeValueAsString(run) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a training run always has a JSON form", e);
    }
  }

  /**
   * Reads a run from its file.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException naming the file and what is wrong in it
   */
  public static TrainingRun read(Path file) throws IOException {
    try {
      return MAPPER.readValue(Files.readString(file), TrainingRun.class);
    } catch (JsonMappingException e) {
      Throwable cause = e.getCause();
      String why =
          cause instanceof IllegalArgumentException ? cause.getMessage() : JsonMessages.of(e);
      throw new IllegalArgumentException(file + ": " + why, e);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(file + ": not JSON: " + e.getOriginalMessage(), e);
    }
  }
}
