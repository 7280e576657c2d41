package io.physiowave.training.prepare;

import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.recording.RecordingAnnotation;
import io.physiowave.connectors.recording.RecordingChannel;
import io.physiowave.connectors.recording.RecordingOptions;
import io.physiowave.connectors.recording.RecordingSource;
import io.physiowave.connectors.recording.cut.RecordingCutter;
import io.physiowave.connectors.recording.emgtext.EmgTextFiles;
import io.physiowave.connectors.recording.emgtext.HandGesture;
import io.physiowave.connectors.recording.formats.RecordingFormats;
import io.physiowave.core.card.ModelChannel;
import io.physiowave.core.card.Windowing;
import io.physiowave.core.frame.Modality;
import io.physiowave.core.window.CutWindow;
import io.physiowave.core.window.StreamWindower;
import io.physiowave.core.window.WindowPlan;
import io.physiowave.training.dataset.DatasetDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Sliding windows of the UCI data set "EMG data for gestures", each wholly inside one held gesture.
 * Rows of the text count as milliseconds.
 */
public final class UciEmgPreparation implements Preparation {
  /** Name of the data set in descriptions. */
  public static final String NAME = "uci-emg";

  /** The classes in the order of the labels: the codes 1 to 6 of the class column. */
  public static final List<String> LABELS = List.of("1", "2", "3", "4", "5", "6");

  private static final Map<String, String> NAMES =
      Arrays.stream(HandGesture.values())
          .filter(gesture -> LABELS.contains(gesture.label()))
          .collect(Collectors.toMap(HandGesture::label, HandGesture::description));

  /** The rows of a window: the armband's electrodes, by name or in order. */
  public static final List<ModelChannel> CHANNELS = ArmbandChannels.of(8);

  private final PrepareOptions options;
  private final int hop;
  private final int trainingHop;
  private final int transition;
  private final String unit;
  private final Consumer<String> log;

  /**
   * Takes the options.
   *
   * @param hop distance between windows when serving and in validation and test, samples
   * @param trainingHop distance between the windows stored for training, samples
   * @param transition samples left out at both ends of a held gesture, at the windows' rate
   * @param unit of the windows
   * @param log takes one line at a time for the user
   */
  public UciEmgPreparation(
      PrepareOptions options,
      int hop,
      int trainingHop,
      int transition,
      String unit,
      Consumer<String> log) {
    if (transition < 0) {
      throw new IllegalArgumentException(
          "transition is " + transition + " samples; expected 0 or more");
    }
    this.options = options;
    this.hop = hop;
    this.trainingHop = trainingHop;
    this.transition = transition;
    this.unit = unit;
    this.log = log;
  }

  /**
   * Reads the recordings and writes the files and their description.
   *
   * @throws IOException if one is damaged or missing, or a file cannot be written
   */
  public DatasetDescription run() throws IOException {
    return PreparationRun.of(this, options, log);
  }

  @Override
  public DatasetFacts facts() throws IOException {
    Set<String> subjects = new TreeSet<>();
    sources().forEach(source -> subjects.add(subject(source)));
    options.requireKnown(subjects);
    return new DatasetFacts(
        NAME,
        "gesture-classification",
        Modality.EMG,
        LABELS,
        NAMES,
        CHANNELS,
        unit,
        new Windowing.Sliding(options.windowSamples(), hop),
        "EMG data for gestures, UCI repository 481",
        "CC BY 4.0",
        options.split(subjects, "subject"),
        0,
        "recordings",
        "recordings with held gestures 1 to 6");
  }

  @Override
  public PreparationItems items() throws IOException {
    return PreparationItems.of(
        sources().stream()
            .map(
                source -> new PreparationItem(source.name(), List::of, parts -> cut(source, parts)))
            .toList());
  }

  @Override
  public List<SourceFile> commonFiles() throws IOException {
    return EmgTextFiles.filesOf(options.input()).stream()
        .map(file -> SourceFile.of(options.input(), file))
        .toList();
  }

  private List<RecordingSource> sources() throws IOException {
    return Files.isDirectory(options.input())
        ? EmgTextFiles.listDirectory(options.input(), RecordingOptions.DEFAULT)
        : RecordingFormats.list(options.input(), RecordingOptions.DEFAULT);
  }

  private static String subject(RecordingSource source) {
    int slash = source.name().indexOf('/');
    return slash < 0 ? source.name() : source.name().substring(0, slash);
  }

  private void cut(RecordingSource source, PreparedParts parts) throws IOException {
    String subject = subject(source);
    String part = options.partOf(subject);
    try (Recording recording = source.open()) {
      List<RecordingAnnotation> stretches = recording.annotations();
      double perSample = recording.sampleRateHz() / options.sampleRateHz();
      long margin = Math.round(transition * perSample);
      RecordingCutter.cut(
          recording,
          new StreamWindower(plan(recording, part.equals("train") ? trainingHop : hop), 0),
          window -> {
            int label = label(window, stretches, margin);
            if (label >= 0) {
              parts.append(part, subject, window.input(), label);
            }
          });
    }
  }

  /** The gesture that is held through the whole window, or -1. */
  private int label(CutWindow window, List<RecordingAnnotation> stretches, long margin) {
    Optional<RecordingAnnotation> held =
        stretches.stream()
            .filter(
                stretch ->
                    window.startSample() >= stretch.startSample() + margin
                        && window.endSample() <= stretch.endSample() - margin)
            .findFirst();
    return held.map(stretch -> LABELS.indexOf(stretch.label())).orElse(-1);
  }

  private WindowPlan plan(Recording recording, int everySamples) {
    List<RecordingChannel> channels = recording.channels();
    return WindowPlan.of(
            new Windowing.Sliding(options.windowSamples(), everySamples),
            options.sampleRateHz(),
            unit,
            CHANNELS,
            options.filters(),
            Modality.EMG,
            recording.sampleRateHz(),
            channels.stream().map(RecordingChannel::name).toList(),
            channels.get(0).unit())
        .withMargin(options.marginSamples());
  }
}
