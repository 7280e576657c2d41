package io.physiowave.training.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** The JSON of cards in forms that only training knows. */
final class CardJson {
  static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private CardJson() {}

  /**
   * A card in text.
   *
   * @param key in the ONNX file's metadata
   */
  static ModelExport.CardEntry entry(String key, Record card) {
    try {
      return new ModelExport.CardEntry(
          key,
          MAPPER.writeValueAsString(card),
          MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(card) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a card always has a JSON form", e);
    }
  }
}
