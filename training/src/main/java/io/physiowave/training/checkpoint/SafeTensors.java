package io.physiowave.training.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.physiowave.training.model.ModelWeights;
import io.physiowave.training.model.WeightTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Weights in the safetensors format: a JSON header with the shape and place of each tensor, then
 * the values, float32 and little-endian. Exact to the bit.
 */
public final class SafeTensors {
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();
  private static final String FLOAT32 = "F32";
  private static final int ALIGNMENT = 8;

  private SafeTensors() {}

  /** All tensors in order. */
  public static byte[] write(ModelWeights weights) throws IOException {
    ObjectNode header = MAPPER.createObjectNode();
    long end = 0;
    for (Map.Entry<String, WeightTensor> entry : weights.tensors().entrySet()) {
      WeightTensor tensor = entry.getValue();
      ObjectNode place = header.putObject(entry.getKey());
      place.put("dtype", FLOAT32);
      ArrayNode shape = place.putArray("shape");
      for (int axis : tensor.shape()) {
        shape.add(axis);
      }
      long start = end;
      end += (long) Float.BYTES * tensor.values().length;
      place.putArray("data_offsets").add(start).add(end);
    }
    byte[] json = padded(MAPPER.writeValueAsBytes(header));
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(Long.BYTES + json.length + end))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json);
    for (WeightTensor tensor : weights.tensors().values()) {
      bytes.asFloatBuffer().put(tensor.values());
      bytes.position(bytes.position() + Float.BYTES * tensor.values().length);
    }
    return bytes.array();
  }

  private static byte[] padded(byte[] json) {
    String spaces = " ".repeat(Math.floorMod(-json.length, ALIGNMENT));
    return (new String(json, StandardCharsets.UTF_8) + spaces).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads tensors back.
   *
   * @throws IOException when the bytes are not of this format or are cut short
   */
  public static ModelWeights read(byte[] content) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    long length = content.length < Long.BYTES ? -1 : bytes.getLong();
    if (length < 2 || length > bytes.remaining()) {
      throw new IOException("its header is cut off");
    }
    JsonNode header = header(content, (int) length);
    int start = Long.BYTES + (int) length;
    Map<String, WeightTensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : header.properties()) {
      if (!entry.getKey().equals("__metadata__")) {
        tensors.put(entry.getKey(), tensor(entry.getKey(), entry.getValue(), bytes, start));
      }
    }
    return ModelWeights.of(tensors);
  }

  private static JsonNode header(byte[] content, int length) throws IOException {
    try {
      return MAPPER.readTree(content, Long.BYTES, length);
    } catch (JsonProcessingException malformed) {
      throw new IOException("its header is not JSON: " + malformed.getOriginalMessage(), malformed);
    }
  }

  private static WeightTensor tensor(String name, JsonNode place, ByteBuffer bytes, int start)
      throws IOException {
    if (!place.path("dtype").asText().equals(FLOAT32)) {
      throw new IOException(name + " is " + place.path("dtype") + "; only F32 is written here");
    }
    JsonNode axes = place.path("shape");
    int[] shape = new int[axes.size()];
    long count = 1;
    for (int axis = 0; axis < shape.length; axis++) {
      shape[axis] = axes.get(axis).asInt(-1);
      count *= shape[axis];
    }
    long from = place.path("data_offsets").path(0).asLong(-1);
    long to = place.path("data_offsets").path(1).asLong(-1);
    if (count < 0 || from < 0 || to - from != count * Float.BYTES || start + to > bytes.limit()) {
      throw new IOException(
          name + " of shape " + axes + " cannot lie at bytes " + place.path("data_offsets"));
    }
    float[] values = new float[(int) count];
    bytes
        .slice(start + (int) from, (int) (to - from))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    return new WeightTensor(shape, values);
  }
}
