package io.physiowave.streaming.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Deployments and status reports as JSON, UTF-8; unknown fields are ignored. */
public final class ControlJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private ControlJson() {}

  /** One line of JSON. */
  public static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsString(value).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a control record always has a JSON form", e);
    }
  }

  /**
   * Reads a deployment.
   *
   * @throws IllegalArgumentException when the bytes are none, saying why
   */
  public static ModelDeployment deployment(byte[] json) {
    return read(json, ModelDeployment.class);
  }

  /**
   * Reads a status report.
   *
   * @throws IllegalArgumentException when the bytes are none, saying why
   */
  public static ModelStatus status(byte[] json) {
    return read(json, ModelStatus.class);
  }

  private static <T> T read(byte[] json, Class<T> type) {
    try {
      T value = MAPPER.readValue(json, type);
      if (value == null) {
        throw new IllegalArgumentException(
            "not a " + type.getSimpleName() + ": the text is null; expected a JSON object");
      }
      return value;
    } catch (JsonMappingException e) {
      Throwable cause = e.getCause();
      throw new IllegalArgumentException(
          "not a "
              + type.getSimpleName()
              + ": "
              + (cause instanceof IllegalArgumentException
                  ? cause.getMessage()
                  : e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON: " + e.getMessage(), e);
    }
  }
}
