package io.physiowave.training.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.physiowave.core.card.LabelNames;
import io.physiowave.core.card.ModelChannel;
import io.physiowave.core.card.Windowing;
import io.physiowave.core.dsp.FilterSpecification;
import io.physiowave.core.frame.Modality;
import io.physiowave.core.frame.SignalFrame;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a prepared data set is: everything a model card must say about the input that a model was
 * trained on. Stands beside the HDF5 files as {@value #FILE_NAME} and travels with the training run
 * into the exported model.
 *
 * @param schema version of this form, {@value #SCHEMA}
 * @param name short name of the data set, e.g. {@code mitdb}
 * @param task {@code beat-classification}, {@code gesture-classification}, {@code
 *     diagnosis-classification}, {@code diagnosis-multilabel} or {@value #PRETRAINING}
 * @param modality kind of signal
 * @param labels class names, in the order of the values in {@code label}; none for pretraining
 * @param labelNames what people call each label, by label; empty when labels speak for themselves
 * @param channels signal rows of a window in order; a context row is not among them
 * @param unit unit of the samples: V, mV or uV
 * @param sampleRateHz rate of the windows, Hz
 * @param windowing how windows were cut; its length does not count the margin
 * @param filters applied in order at the recording's own rate, before resampling
 * @param marginSamples samples stored on either side of each window, so that training may shift it
 * @param source where the recordings come from
 * @param split how training and validation were divided, for a person to read
 * @param files the HDF5 files by part: {@code train}, {@code val} and perhaps {@code test}
 * @param options the options of the preparation, flag by flag
 * @param seed seed of whatever was drawn while preparing
 * @param codeVersion version of this software
 * @param date ISO-8601 date of the preparation
 */
public record DatasetDescription(
    int schema,
    String name,
    String task,
    Modality modality,
    List<String> labels,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> labelNames,
    List<ModelChannel> channels,
    String unit,
    double sampleRateHz,
    Windowing windowing,
    List<FilterSpecification> filters,
    int marginSamples,
    Source source,
    String split,
    Map<String, Part> files,
    Map<String, Object> options,
    long seed,
    String codeVersion,
    String date) {

  /** The file's name in the folder of a prepared data set and of a training run. */
  public static final String FILE_NAME = "dataset.json";

  /** The task of windows without labels. */
  public static final String PRETRAINING = "pretraining";

  /** The version of the form that this class reads and writes. */
  public static final int SCHEMA = 1;

  public DatasetDescription {
    require(schema == SCHEMA, "schema is " + schema + "; this version reads schema " + SCHEMA);
    requireText("name", name);
    requireText("task", task);
    require(modality != null, "modality is missing");
    require(windowing != null, "windowing is missing");
    require(source != null, "source is missing");
    labels = labels == null ? List.of() : List.copyOf(labels);
    require(
        (labels.size() >= 2 || task.equals(PRETRAINING))
            && Set.copyOf(labels).size() == labels.size(),
        "labels are " + labels + "; expected at least two, each once");
    labelNames = LabelNames.of(labels, labelNames == null ? Map.of() : labelNames);
    channels = channels == null ? List.of() : List.copyOf(channels);
    require(!channels.isEmpty(), "channels is empty; expected at least one");
    require(SignalFrame.UNITS.contains(unit), "unit is '" + unit + "'; expected one of V, mV, uV");
    require(
        sampleRateHz > 0 && sampleRateHz <= 100_000,
        "sampleRateHz is " + sampleRateHz + "; expected more than 0 and at most 100000");
    require(marginSamples >= 0, "marginSamples is " + marginSamples + "; expected 0 or more");
    filters = filters == null ? List.of() : List.copyOf(filters);
    files = files == null ? Map.of() : Map.copyOf(files);
    options = options == null ? Map.of() : Map.copyOf(options);
  }

  private static void requireText(String field, String value) {
    require(value != null && !value.isBlank(), field + " is missing");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException("data set description: " + message);
    }
  }

  /** Whether the last row of each window carries rhythm context. */
  public boolean hasContextRow() {
    return windowing instanceof Windowing.BeatCentred beat && !beat.context().isEmpty();
  }

  /** Rows of a window: the channels, and a context row when there is one. */
  public int inputRows() {
    return channels.size() + (hasContextRow() ? 1 : 0);
  }

  /** Samples of a stored window: its length and the margin on either side. */
  public int storedSamples() {
    return windowing.windowSamples() + 2 * marginSamples;
  }

  /** Number of rhythm values in the context row, 0 when there is none. */
  public int contextValues() {
    return windowing instanceof Windowing.BeatCentred beat ? beat.context().size() : 0;
  }

  /**
   * Where the recordings come from.
   *
   * @param id name and version as the publisher gives them
   * @param licence its licence
   * @param sha256 hash of each file that was read, by its name
   */
  public record Source(String id, String licence, Map<String, String> sha256) {
    public Source {
      sha256 = sha256 == null ? Map.of() : Map.copyOf(sha256);
    }
  }

  /**
   * One HDF5 file.
   *
   * @param file name beside the description
   * @param sha256 hash of the file
   * @param windows number of windows
   * @param windowsPerLabel windows of each class, by name
   * @param groups the records or subjects in it, in order; the numbers in {@code group} count them
   */
  public record Part(
      String file,
      String sha256,
      long windows,
      Map<String, Long> windowsPerLabel,
      List<String> groups) {
    public Part {
      windowsPerLabel =
          windowsPerLabel == null
              ? Map.of()
              : Collections.unmodifiableMap(new LinkedHashMap<>(windowsPerLabel));
      groups = groups == null ? List.of() : List.copyOf(groups);
    }
  }
}
