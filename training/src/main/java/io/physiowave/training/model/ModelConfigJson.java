package io.physiowave.training.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.physiowave.core.json.JsonMessages;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@link ModelConfig} to JSON and back, and from the arguments that a published checkpoint keeps.
 *
 * <p>{@code patch_size} may be given as a number or, as published, as {@code [1, n]}; {@code null}
 * and a missing field mean the default.
 */
public final class ModelConfigJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private static final ObjectMapper LENIENT =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private ModelConfigJson() {}

  /** Writes every field. */
  public static String write(ModelConfig config) {
    try {
      return MAPPER.writeValueAsString(config);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a model configuration cannot be written", impossible);
    }
  }

  /** Writes every field into a tree, to be embedded in a larger document. */
  public static JsonNode writeTree(ModelConfig config) {
    return MAPPER.valueToTree(config);
  }

  /** The model's normalisation alone, as plain values. */
  public static Map<String, Object> normalisation(ModelConfig config) {
    return MAPPER.convertValue(
        config.normalisation(), new TypeReference<LinkedHashMap<String, Object>>() {});
  }

  /**
   * Reads one object.
   *
   * @throws IllegalArgumentException if the text is not such an object, has an unknown field, or a
   *     field is out of range
   */
  public static ModelConfig read(String json) {
    try {
      return read(MAPPER.readTree(json), MAPPER);
    } catch (JsonProcessingException malformed) {
      throw new IllegalArgumentException(
          "model configuration: not JSON: " + malformed.getOriginalMessage(), malformed);
    }
  }

  /** Reads one object of a larger document; throws as {@link #read(String)}. */
  public static ModelConfig readTree(JsonNode json) {
    return read(json, MAPPER);
  }

  /**
   * Takes the model's fields out of a published checkpoint's arguments, ignoring those that say how
   * it was trained. The argument {@code hidden} is the head's width, {@code patch} the patch size
   * and {@code task_type} the task; a checkpoint with {@code num_classes} and no task is a
   * classifier.
   *
   * @throws IllegalArgumentException if a field is out of range
   */
  public static ModelConfig ofArguments(Map<String, ?> arguments) {
    ObjectNode fields = MAPPER.valueToTree(arguments);
    rename(fields, "patch", "patch_size");
    rename(fields, "hidden", "head_hidden_dim");
    rename(fields, "task_type", "task");
    if (!fields.hasNonNull("task") && fields.path("num_classes").asInt(0) > 0) {
      fields.put("task", Task.CLASSIFICATION.publishedName());
    }
    return read(fields, LENIENT);
  }

  private static void rename(ObjectNode fields, String from, String to) {
    if (fields.hasNonNull(from) && !fields.hasNonNull(to)) {
      fields.set(to, fields.get(from));
    }
    fields.remove(from);
  }

  private static ModelConfig read(JsonNode json, ObjectMapper mapper) {
    if (!(json instanceof ObjectNode object)) {
      throw new IllegalArgumentException(
          "model configuration: expected a JSON object, not "
              + (json.isMissingNode() ? "nothing" : json));
    }
    ObjectNode fields = object.deepCopy();
    fields.properties().removeIf(field -> field.getValue().isNull());
    JsonNode patch = fields.path("patch_size");
    if (patch.isArray() && patch.size() == 2 && patch.get(0).asInt() == 1) {
      fields.set("patch_size", patch.get(1));
    }
    try {
      return mapper.treeToValue(fields, ModelConfig.class);
    } catch (JsonProcessingException unreadable) {
      Throwable cause = unreadable.getCause();
      String reason =
          cause instanceof IllegalArgumentException
              ? cause.getMessage()
              : "model configuration: " + words(unreadable);
      throw new IllegalArgumentException(reason, unreadable);
    }
  }

  private static String words(JsonProcessingException unreadable) {
    if (unreadable instanceof UnrecognizedPropertyException unknown) {
      return "unknown field " + unknown.getPropertyName();
    }
    return unreadable instanceof JsonMappingException mapping
        ? JsonMessages.of(mapping)
        : unreadable.getOriginalMessage();
  }
}
