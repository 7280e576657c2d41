package io.physiowave.training.prepare;

import io.physiowave.connectors.recording.MalformedRecordingException;
import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.recording.RecordingChannel;
import io.physiowave.connectors.recording.RecordingOptions;
import io.physiowave.connectors.recording.RecordingSource;
import io.physiowave.connectors.recording.cut.RecordingCutter;
import io.physiowave.connectors.recording.formats.RecordingFormats;
import io.physiowave.core.card.ModelChannel;
import io.physiowave.core.card.Windowing;
import io.physiowave.core.frame.Modality;
import io.physiowave.core.window.StreamWindower;
import io.physiowave.core.window.WindowPlan;
import io.physiowave.training.dataset.DatasetDescription;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Windows without labels of any recordings that can be read, for pretraining: a directory of WFDB
 * records of any data set, divided by record. Windows of which more than a fifth is missing, as in
 * the gaps of records made of segments, are left out.
 */
public final class WfdbPreparation implements Preparation {
  /** Name of such data sets in descriptions. */
  public static final String NAME = "wfdb";

  private final PrepareOptions options;
  private final String source;
  private final String licence;
  private final List<String> channels;
  private final Windowing.Sliding windowing;
  private final String unit;
  private final Modality modality;
  private final WindowScaling scaling;
  private final ValidationDraw validation;
  private final Consumer<String> log;

  /**
   * Takes the options.
   *
   * @param source what the recordings are, for descriptions and cards
   * @param licence of the recordings
   * @param channels names of the rows in order, in any case; a record that lacks one is passed over
   * @param hop samples between windows
   * @param unit of the windows: V, mV or uV
   * @param modality kind of signal
   * @param scaling of each channel of each window
   * @param validation of the records, unless the options name them
   * @param log takes one line at a time for the user
   */
  public WfdbPreparation(
      PrepareOptions options,
      String source,
      String licence,
      List<String> channels,
      int hop,
      String unit,
      Modality modality,
      WindowScaling scaling,
      ValidationDraw validation,
      Consumer<String> log) {
    if (channels.isEmpty() || channels.contains("")) {
      throw new IllegalArgumentException(
          "channels is " + channels + "; expected names of channels");
    }
    this.options = options;
    this.source = source;
    this.licence = licence;
    this.channels = List.copyOf(channels);
    this.windowing = new Windowing.Sliding(options.windowSamples(), hop);
    this.unit = unit;
    this.modality = modality;
    this.scaling = scaling;
    this.validation = validation;
    this.log = log;
  }

  /**
   * Reads the records and writes the files and their description.
   *
   * @throws IOException if a record is damaged, none has the channels, or a file cannot be written
   */
  public DatasetDescription run() throws IOException {
    return PreparationRun.of(this, options, log);
  }

  @Override
  public DatasetFacts facts() throws IOException {
    Set<String> records = new LinkedHashSet<>();
    RecordingFormats.list(options.input(), RecordingOptions.DEFAULT)
        .forEach(source -> records.add(source.name()));
    options.requireKnown(records);
    return new DatasetFacts(
        NAME,
        DatasetDescription.PRETRAINING,
        modality,
        List.of(),
        rows(),
        unit,
        windowing,
        source,
        licence,
        "by record, drawn with seed "
            + validation.seed()
            + "; the records of each part are listed with it",
        validation.seed(),
        "records",
        "records with the channels "
            + channels
            + " and at least "
            + options.windowSamples() / options.sampleRateHz()
            + " s");
  }

  @Override
  public PreparationItems items() throws IOException {
    List<PreparationItem> items = new ArrayList<>();
    for (RecordingSource source :
        RecordingFormats.list(options.input(), RecordingOptions.DEFAULT)) {
      items.add(
          new PreparationItem(
              source.name(), RecordFiles.of(options.input(), source), parts -> cut(source, parts)));
    }
    return PreparationItems.of(items);
  }

  private String part(String record) {
    if (!options.validation().isEmpty() || !options.test().isEmpty()) {
      return options.partOf(record);
    }
    return validation.takes(record) ? "val" : "train";
  }

  private void cut(RecordingSource source, PreparedParts parts) throws IOException {
    try (Recording recording = source.open()) {
      List<String> names = recording.channels().stream().map(this::nameAsAsked).toList();
      if (!names.containsAll(channels)) {
        log.accept("record " + source.name() + ": passed over, its channels are " + names);
        return;
      }
      String part = part(source.name());
      MissingSamples missing =
          new MissingSamples(channels.stream().mapToInt(names::indexOf).toArray());
      int[] leftOut = new int[1];
      RecordingCutter.cut(
          recording,
          new StreamWindower(plan(recording, names), 0),
          missing::take,
          window -> {
            if (missing.share(window.startSample(), window.endSample()) > MissingSamples.MOST) {
              leftOut[0]++;
              return;
            }
            float[] values = window.input();
            int length = options.windowSamples();
            for (int row = 0; row < channels.size(); row++) {
              scaling.apply(values, row * length, (row + 1) * length);
            }
            parts.append(part, source.name(), values);
          });
      if (leftOut[0] > 0) {
        log.accept(
            "record "
                + source.name()
                + ": "
                + leftOut[0]
                + " windows left out, of which more than a fifth is missing");
      }
    }
  }

  /** Some data sets write leads in lower case. */
  private String nameAsAsked(RecordingChannel channel) {
    return channels.stream()
        .filter(channel.name()::equalsIgnoreCase)
        .findFirst()
        .orElse(channel.name());
  }

  private WindowPlan plan(Recording recording, List<String> names)
      throws MalformedRecordingException {
    return WindowPlan.of(
        windowing,
        options.sampleRateHz(),
        unit,
        rows(),
        options.filters(),
        modality,
        recording.sampleRateHz(),
        names,
        RowUnit.of(recording, names, rows()));
  }

  private List<ModelChannel> rows() {
    return channels.stream().map(ModelChannel::named).toList();
  }
}
