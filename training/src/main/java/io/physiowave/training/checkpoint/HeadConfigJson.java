package io.physiowave.training.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.physiowave.training.model.HeadConfig;
import io.physiowave.training.model.Pooling;
import io.physiowave.training.model.Task;

/** A head without context in a checkpoint's header. */
final class HeadConfigJson {
  private HeadConfigJson() {}

  static void write(HeadConfig head, ObjectNode into) {
    into.put("task", head.task().publishedName())
        .put("outputs", head.outputs())
        .put("hidden_dim", head.hiddenDim())
        .put("dropout", head.dropout())
        .put("pooling", head.pooling().publishedName());
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  static HeadConfig read(JsonNode head) {
    return HeadConfig.withoutContext(
        Task.ofPublishedName(head.path("task").asText()),
        head.path("outputs").asInt(),
        head.path("hidden_dim").asInt(),
        head.path("dropout").asDouble(),
        Pooling.ofPublishedName(head.path("pooling").asText()));
  }
}
