package io.physiowave.core.card;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.physiowave.core.dsp.FilterSpecification;
import io.physiowave.core.frame.Modality;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.label.LabelEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a model is, what it eats and where it comes from; travels in the ONNX file's metadata under
 * {@value #METADATA_KEY} and beside it as JSON.
 *
 * <p>The ONNX input is {@code [batch, inputRows, windowSamples]} float32: the raw window in {@code
 * unit} at {@code sampleRateHz}, one row a channel, then one context row when the windowing asks
 * for it. Normalisation is inside the graph; {@code normalisation} only describes it.
 *
 * @param schema version of this form, {@value #SCHEMA}
 * @param name the model's name, e.g. {@code ecg-beats}
 * @param version the model's version
 * @param task {@code beat-classification}, {@code gesture-classification} or {@value #ENCODING}
 * @param modality kind of signal it reads
 * @param labels class names in the order of the outputs, unique; none of an encoder, whose output
 *     is {@code embedding}
 * @param labelNames what a person calls each label, by label: all of them named, each name once;
 *     empty when labels speak for themselves
 * @param channels signal rows in order
 * @param unit unit of the input: V, mV or uV
 * @param sampleRateHz rate of the input, Hz
 * @param windowing how windows are cut
 * @param filters applied in order, at the stream's rate, before resampling
 * @param normalisation what the graph does to the raw window, for a person to read
 * @param decision how probabilities become a label
 * @param opset ONNX opset of the graph
 * @param exportDifference largest absolute difference between the training engine and the exported
 *     graph on real windows
 * @param provenance where it comes from
 * @param evaluations figures with the split they were measured on
 */
public record ModelCard(
    int schema,
    String name,
    String version,
    String task,
    Modality modality,
    List<String> labels,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> labelNames,
    List<ModelChannel> channels,
    String unit,
    double sampleRateHz,
    Windowing windowing,
    List<FilterSpecification> filters,
    Map<String, Object> normalisation,
    Decision decision,
    int opset,
    double exportDifference,
    Provenance provenance,
    List<Evaluation> evaluations) {

  /** Key of the card in an ONNX file's metadata. */
  public static final String METADATA_KEY = "physiowave.card";

  /** Key of the card of a model that reads several signals at once; another form than this one. */
  public static final String FUSION_METADATA_KEY = "physiowave.fusion-card";

  /** Key of the card of a model that answers several tasks; another form than this one. */
  public static final String TASKS_METADATA_KEY = "physiowave.tasks-card";

  /** The task of a model that gives features of a window and no labels. */
  public static final String ENCODING = "encoding";

  /** The version of the form that this class reads and writes. */
  public static final int SCHEMA = 1;

  @JsonCreator
  public ModelCard {
    if (schema != SCHEMA) {
      throw new InvalidModelCardException(
          "schema is " + schema + "; this version reads schema " + SCHEMA);
    }
    requireText("name", name);
    requireText("version", version);
    requireText("task", task);
    requirePresent("modality", modality);
    requirePresent("windowing", windowing);
    requirePresent("labels", labels);
    requirePresent("channels", channels);
    labels = List.copyOf(labels);
    boolean enough = labels.size() >= 2 || (labels.isEmpty() && task.equals(ENCODING));
    if (!enough || Set.copyOf(labels).size() != labels.size()) {
      throw new InvalidModelCardException(
          "labels are " + labels + "; expected at least two, each once");
    }
    requireUsable(labels);
    labelNames = LabelNames.of(labels, labelNames == null ? Map.of() : labelNames);
    channels = List.copyOf(channels);
    if (channels.isEmpty()) {
      throw new InvalidModelCardException("channels is empty; expected at least one");
    }
    if (!SignalFrame.UNITS.contains(unit)) {
      throw new InvalidModelCardException("unit is '" + unit + "'; expected one of V, mV, uV");
    }
    if (!(sampleRateHz > 0 && sampleRateHz <= 100_000)) {
      throw new InvalidModelCardException(
          "sampleRateHz is " + sampleRateHz + "; expected more than 0 and at most 100000");
    }
    filters = filters == null ? List.of() : List.copyOf(filters);
    normalisation = normalisation == null ? Map.of() : Map.copyOf(normalisation);
    decision = decision == null ? Decision.ARG_MAX : decision;
    requireOneEach("logitBias", decision.logitBias(), labels);
    requireOneEach("thresholds", decision.thresholds(), labels);
    requireKnown(decision.episodeRules().background(), labels);
    evaluations = evaluations == null ? List.of() : List.copyOf(evaluations);
  }

  /** A card whose labels speak for themselves. */
  public ModelCard(
      int schema,
      String name,
      String version,
      String task,
      Modality modality,
      List<String> labels,
      List<ModelChannel> channels,
      String unit,
      double sampleRateHz,
      Windowing windowing,
      List<FilterSpecification> filters,
      Map<String, Object> normalisation,
      Decision decision,
      int opset,
      double exportDifference,
      Provenance provenance,
      List<Evaluation> evaluations) {
    this(
        schema,
        name,
        version,
        task,
        modality,
        labels,
        Map.of(),
        channels,
        unit,
        sampleRateHz,
        windowing,
        filters,
        normalisation,
        decision,
        opset,
        exportDifference,
        provenance,
        evaluations);
  }

  private static void requireUsable(List<String> labels) {
    for (String label : labels) {
      if (label.isBlank() || label.equals(LabelEvent.UNCLASSIFIABLE)) {
        throw new InvalidModelCardException(
            "labels are "
                + labels
                + "; expected none that is blank, nor "
                + LabelEvent.UNCLASSIFIABLE
                + ", which stands for no label");
      }
    }
  }

  private static void requireOneEach(String field, List<Double> values, List<String> labels) {
    if (!values.isEmpty() && values.size() != labels.size()) {
      throw new InvalidModelCardException(
          "decision: "
              + field
              + " has "
              + values.size()
              + " values; expected one for each of the "
              + labels.size()
              + " labels");
    }
  }

  private static void requireKnown(List<String> background, List<String> labels) {
    if (background != null && !labels.containsAll(background)) {
      throw new InvalidModelCardException(
          "decision: episodes: background is " + background + "; expected some of " + labels);
    }
  }

  private static void requireText(String field, String value) {
    if (value == null || value.isBlank()) {
      throw new InvalidModelCardException(field + " is missing");
    }
  }

  private static void requirePresent(String field, Object value) {
    if (value == null) {
      throw new InvalidModelCardException(field + " is missing");
    }
  }

  /** What a person calls a label: its name, or the label itself where it has none. */
  public String nameOf(String label) {
    return labelNames.getOrDefault(label, label);
  }

  /** Length of a window, samples at the model's rate. */
  @JsonIgnore
  public int windowSamples() {
    return windowing.windowSamples();
  }

  /** Rows of the input tensor: the channels, and a context row when the windowing asks for it. */
  @JsonIgnore
  public int inputRows() {
    return channels.size() + (hasContextRow() ? 1 : 0);
  }

  /** Whether the last input row carries rhythm context. */
  @JsonIgnore
  public boolean hasContextRow() {
    return windowing instanceof Windowing.BeatCentred beat && !beat.context().isEmpty();
  }
}
