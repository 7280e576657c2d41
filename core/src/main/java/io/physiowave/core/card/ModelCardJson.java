package io.physiowave.core.card;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.physiowave.core.json.JsonMessages;

/**
 * A {@link ModelCard} as JSON. Unknown fields are ignored, so that an older job reads newer cards.
 */
public final class ModelCardJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private ModelCardJson() {}

  /** One line of JSON. */
  public static String write(ModelCard card) {
    return write(card, false);
  }

  /** Indented JSON, for a file that people read. */
  public static String writeIndented(ModelCard card) {
    return write(card, true) + "\n";
  }

  private static String write(ModelCard card, boolean indented) {
    try {
      return (indented ? MAPPER.writerWithDefaultPrettyPrinter() : MAPPER.writer())
          .writeValueAsString(card);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a model card always has a JSON form", e);
    }
  }

  /**
   * Reads and validates a card.
   *
   * @param json the text
   * @param source where it stands, for the error message
   * @throws InvalidModelCardException naming the source, the field and its value
   */
  public static ModelCard read(String json, String source) {
    try {
      ModelCard card = MAPPER.readValue(json, ModelCard.class);
      if (card == null) {
        throw new InvalidModelCardException(
            source + ": the model card is null; expected a JSON object");
      }
      return card;
    } catch (JsonMappingException e) {
      Throwable cause = e.getCause();
      String why =
          cause instanceof IllegalArgumentException ? cause.getMessage() : JsonMessages.of(e);
      throw new InvalidModelCardException(source + ": model card: " + why, e);
    } catch (JsonProcessingException e) {
      throw new InvalidModelCardException(
          source + ": the model card is not JSON: " + e.getOriginalMessage(), e);
    }
  }
}
