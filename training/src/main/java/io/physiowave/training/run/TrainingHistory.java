package io.physiowave.training.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The figures of each epoch by name, epoch after epoch. Every epoch has the names of the first; NaN
 * stands where a figure has no value.
 */
public final class TrainingHistory {
  private final Map<String, List<Double>> columns = new LinkedHashMap<>();
  private int epochs;

  /** Adds the figures of the next epoch. */
  public void add(Map<String, Double> figures) {
    if (epochs == 0) {
      figures.keySet().forEach(name -> columns.put(name, new ArrayList<>()));
    }
    if (!figures.keySet().equals(columns.keySet())) {
      throw new IllegalArgumentException(
          "epoch "
              + epochs
              + " has figures "
              + figures.keySet()
              + "; expected "
              + columns.keySet());
    }
    figures.forEach((name, value) -> columns.get(name).add(value));
    epochs++;
  }

  /** Number of epochs. */
  public int epochs() {
    return epochs;
  }

  /** The figures by name; each list has one value an epoch. */
  public Map<String, List<Double>> columns() {
    Map<String, List<Double>> copy = new LinkedHashMap<>();
    columns.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    return copy;
  }

  /** One JSON object: a list of values by the name of each figure; null where there is none. */
  public String toJson() {
    JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    ObjectNode object = mapper.createObjectNode();
    columns.forEach(
        (name, values) -> {
          ArrayNode list = object.putArray(name);
          for (double value : values) {
            if (Double.isFinite(value)) {
              list.add(value);
            } else {
              list.addNull();
            }
          }
        });
    try {
      return mapper.writeValueAsString(object) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("numbers always have a JSON form", e);
    }
  }

  /** A table with a column for each figure, RFC 4180, with a header. */
  public String toCsv() {
    StringBuilder text = new StringBuilder("epoch");
    columns.keySet().forEach(name -> text.append(',').append(name));
    for (int epoch = 0; epoch < epochs; epoch++) {
      text.append('\n').append(epoch);
      for (List<Double> values : columns.values()) {
        text.append(',').append(values.get(epoch));
      }
    }
    return text.append('\n').toString();
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException when it is something else
   */
  public static TrainingHistory ofJson(String json) {
    TrainingHistory history = new TrainingHistory();
    try {
      JsonMapper.builder()
          .build()
          .readTree(json)
          .properties()
          .forEach(
              column -> {
                List<Double> values = new ArrayList<>();
                column
                    .getValue()
                    .forEach(value -> values.add(value.isNull() ? Double.NaN : value.asDouble()));
                history.columns.put(column.getKey(), values);
                history.epochs = values.size();
              });
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "training history: not JSON: " + e.getOriginalMessage(), e);
    }
    return history;
  }
}
