package io.physiowave.training.dataset;

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

/** A {@link DatasetDescription} as JSON; unknown fields are ignored. */
public final class DatasetDescriptionJson {
  // Getters are not fields here: hasContextRow() and its like follow from the components.
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
          .build();

  private DatasetDescriptionJson() {}

  /** Indented JSON. */
  public static String write(DatasetDescription description) {
    try {
      return MAPPER.writeValueAsString(description) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a data set description always has a JSON form", e);
    }
  }

  /**
   * Reads and validates a description.
   *
   * @param json the text
   * @param source where it stands, for the error message
   * @throws IllegalArgumentException naming the source, the field and its value
   */
  public static DatasetDescription read(String json, String source) {
    try {
      return MAPPER.readValue(json, DatasetDescription.class);
    } catch (JsonMappingException e) {
      Throwable cause = e.getCause();
      String why =
          cause instanceof IllegalArgumentException ? cause.getMessage() : JsonMessages.of(e);
      throw new IllegalArgumentException(source + ": " + why, e);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(source + ": not JSON: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Reads a description from a file.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException naming the file, the field and its value
   */
  public static DatasetDescription read(Path file) throws IOException {
    return read(Files.readString(file), file.toString());
  }
}
