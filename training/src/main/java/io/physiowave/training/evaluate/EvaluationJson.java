package io.physiowave.training.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.physiowave.training.measure.ClassFigures;
import io.physiowave.training.measure.Figures;
import io.physiowave.training.measure.OutputTask;
import io.physiowave.training.measure.TaskFigures;
import java.util.List;

/**
 * Figures as JSON: {@code {"metrics": {name: value}, "classes": [{"label", "precision",
 * "sensitivity", "f1", "auroc", "average_precision", "threshold", "windows"}], "confusion":
 * [[...]]}}, the confusion rows true and columns predicted. A figure without a value is null;
 * thresholds stand with several labels a window only, the confusion with one only.
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
    ObjectNode object = head(windows, model, engine, data);
    add(object, figures, labels);
    return text(object);
  }

  /**
   * One object for a model of several tasks: as the other, with {@code "tasks": {NAME: {"metrics",
   * "labels", "classes", "confusion"}}} in place of the figures of the only one.
   */
  public static String write(
      TaskFigures figures, int windows, String model, String engine, String data) {
    ObjectNode object = head(windows, model, engine, data);
    ObjectNode tasks = object.putObject("tasks");
    for (int i = 0; i < figures.tasks().size(); i++) {
      OutputTask task = figures.tasks().get(i);
      add(tasks.putObject(task.name()), figures.figures().get(i), task.labels());
    }
    return text(object);
  }

  private static ObjectNode head(int windows, String model, String engine, String data) {
    ObjectNode object = MAPPER.createObjectNode();
    object.put("model", model);
    object.put("engine", engine);
    object.put("data", data);
    object.put("windows", windows);
    return object;
  }

  private static void add(ObjectNode object, Figures figures, List<String> labels) {
    ObjectNode metrics = object.putObject("metrics");
    figures.values().forEach((name, value) -> put(metrics, name, value));
    object.set("labels", MAPPER.valueToTree(labels));
    addClasses(object, figures.classes(), labels);
    figures
        .confusion()
        .ifPresent(confusion -> object.set("confusion", MAPPER.valueToTree(confusion.toLists())));
  }

  private static String text(ObjectNode object) {
    try {
      return MAPPER.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("figures always have a JSON form", e);
    }
  }

  private static void addClasses(
      ObjectNode object, List<ClassFigures> figures, List<String> labels) {
    ArrayNode classes = object.putArray("classes");
    for (int label = 0; label < labels.size(); label++) {
      ClassFigures figure = figures.get(label);
      ObjectNode entry = classes.addObject();
      entry.put("label", labels.get(label));
      entry.put("precision", figure.precision());
      entry.put("sensitivity", figure.sensitivity());
      entry.put("f1", figure.f1());
      put(entry, "auroc", figure.auroc());
      put(entry, "average_precision", figure.averagePrecision());
      if (Double.isFinite(figure.threshold())) {
        entry.put("threshold", figure.threshold());
      }
      entry.put("windows", figure.windows());
    }
  }

  private static void put(ObjectNode object, String name, double value) {
    if (Double.isFinite(value)) {
      object.put(name, value);
    } else {
      object.putNull(name);
    }
  }
}
