package io.physiowave.training.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.physiowave.core.score.ConfusionMatrix;
import io.physiowave.training.measure.Figures;
import java.util.List;

/**
 * Figures as JSON: {@code {"metrics": {name: value}, "classes": [{"label", "precision",
 * "sensitivity", "f1", "windows"}], "confusion": [[...]]}}, the confusion rows true and columns
 * predicted; a figure without a value is null.
 */
public final class EvaluationJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private EvaluationJson() {}

  /**
   * One object.
   *
   * @param model where the model lies
   * @param engine that ran it
   * @param data what it was measured on
   * @param labels class names in order
   */
  public static String write(
      Figures figures, int windows, String model, String engine, String data, List<String> labels) {
    ObjectNode object = MAPPER.createObjectNode();
    object.put("model", model);
    object.put("engine", engine);
    object.put("data", data);
    object.put("windows", windows);
    ObjectNode metrics = object.putObject("metrics");
    figures
        .values()
        .forEach(
            (name, value) -> {
              if (Double.isFinite(value)) {
                metrics.put(name, value);
              } else {
                metrics.putNull(name);
              }
            });
    object.set("labels", MAPPER.valueToTree(labels));
    figures.confusion().ifPresent(confusion -> addClasses(object, confusion, labels));
    try {
      return MAPPER.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("figures always have a JSON form", e);
    }
  }

  private static void addClasses(
      ObjectNode object, ConfusionMatrix confusion, List<String> labels) {
    ArrayNode classes = object.putArray("classes");
    for (int label = 0; label < labels.size(); label++) {
      ObjectNode entry = classes.addObject();
      entry.put("label", labels.get(label));
      entry.put("precision", confusion.precision(label));
      entry.put("sensitivity", confusion.recall(label));
      entry.put("f1", confusion.f1(label));
      entry.put("windows", confusion.support(label));
    }
    object.set("confusion", MAPPER.valueToTree(confusion.toLists()));
  }
}
