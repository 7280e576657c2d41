package io.physiowave.connectors.score;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.physiowave.core.score.BeatComparison;
import io.physiowave.core.score.BeatLabel;
import io.physiowave.core.score.BeatStatistics;
import io.physiowave.core.score.DetectionCounts;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Scores as JSON: {@code records}, {@code gross} and {@code average}, each with {@code qrs}, {@code
 * veb} and {@code sveb} and in them {@code sensitivity} and {@code positivePredictivity} from 0 to
 * 1, null where there is nothing to count. Records and gross have counts and the confusion matrix
 * {@code counts[reference][test]} too, in which O stands for no beat and X for no beat in signal
 * declared unreadable.
 */
public final class BeatScoreJson {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private static final Map<String, Function<BeatComparison, DetectionCounts>> KINDS =
      Map.of("qrs", BeatComparison::qrs, "veb", BeatComparison::veb, "sveb", BeatComparison::sveb);

  private BeatScoreJson() {}

  /** The JSON text. */
  public static String of(BeatStatistics statistics) {
    ObjectNode root = MAPPER.createObjectNode();
    ArrayNode records = root.putArray("records");
    for (BeatComparison record : statistics.records()) {
      ObjectNode node = records.addObject();
      node.put("record", record.record());
      fill(node, record);
    }
    fill(root.putObject("gross"), statistics.gross());
    ObjectNode average = root.putObject("average");
    for (String kind : new String[] {"qrs", "veb", "sveb"}) {
      ObjectNode node = average.putObject(kind);
      put(node, "sensitivity", statistics.average(KINDS.get(kind), DetectionCounts::sensitivity));
      put(
          node,
          "positivePredictivity",
          statistics.average(KINDS.get(kind), DetectionCounts::positivePredictivity));
    }
    try {
      return MAPPER.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("scores always have a JSON form", e);
    }
  }

  private static void fill(ObjectNode node, BeatComparison comparison) {
    for (String kind : new String[] {"qrs", "veb", "sveb"}) {
      DetectionCounts counts = KINDS.get(kind).apply(comparison);
      ObjectNode figures = node.putObject(kind);
      put(figures, "sensitivity", counts.sensitivity());
      put(figures, "positivePredictivity", counts.positivePredictivity());
      figures.put("truePositives", counts.truePositives());
      figures.put("falseNegatives", counts.falseNegatives());
      figures.put("falsePositives", counts.falsePositives());
    }
    ObjectNode confusion = node.putObject("confusion");
    ArrayNode labels = confusion.putArray("labels");
    ArrayNode counts = confusion.putArray("counts");
    for (BeatLabel reference : BeatLabel.values()) {
      labels.add(reference.name());
      ArrayNode row = counts.addArray();
      for (BeatLabel test : BeatLabel.values()) {
        row.add(comparison.count(reference, test));
      }
    }
  }

  private static void put(ObjectNode node, String field, OptionalDouble value) {
    if (value.isPresent()) {
      node.put(field, value.getAsDouble());
    } else {
      node.putNull(field);
    }
  }
}
