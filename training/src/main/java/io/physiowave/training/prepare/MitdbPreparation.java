package io.physiowave.training.prepare;

import io.physiowave.connectors.recording.MalformedRecordingException;
import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.recording.RecordingAnnotation;
import io.physiowave.connectors.recording.RecordingChannel;
import io.physiowave.connectors.recording.RecordingOptions;
import io.physiowave.connectors.recording.RecordingSource;
import io.physiowave.connectors.recording.cut.RecordingCutter;
import io.physiowave.connectors.recording.formats.RecordingFormats;
import io.physiowave.core.card.ChannelMapping;
import io.physiowave.core.card.ChannelMismatchException;
import io.physiowave.core.card.ModelChannel;
import io.physiowave.core.card.Windowing;
import io.physiowave.core.frame.Modality;
import io.physiowave.core.window.CutWindow;
import io.physiowave.core.window.StreamWindower;
import io.physiowave.core.window.WindowPlan;
import io.physiowave.training.dataset.DatasetDescription;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Beat windows of the MIT-BIH Arrhythmia Database, centred on the reference annotations, with the
 * five classes of ANSI/AAMI EC57. The paced records 102, 104, 107 and 217 are left out, as the
 * standard asks, and so are the publisher's excerpts of records ({@code x_mitdb/x_114}): they hold
 * the same beats once more, and would be in another part than their record.
 *
 * <p>Beats in whose windows more than a fifth of every lead is missing are left out, too.
 *
 * <p>A record is known by its number, wherever below the input it lies.
 */
public final class MitdbPreparation implements Preparation {
  /** Name of the data set in descriptions. */
  public static final String NAME = "mitdb";

  /** Records with a pacemaker. */
  public static final Set<String> PACED = Set.of("102", "104", "107", "217");

  private static final String EXCERPT = "x_";

  /**
   * The rows of a window: the limb lead as recorded from the chest, and another; either may be
   * missing in a stream.
   */
  public static final List<ModelChannel> CHANNELS =
      List.of(
          new ModelChannel("MLII", List.of("MLII", "II", "ML2", ModelChannel.ANY), false),
          new ModelChannel("V1", List.of("V1", "V5", "V2", "V4", ModelChannel.ANY), false));

  private final PrepareOptions options;
  private final Windowing.BeatCentred windowing;
  private final Consumer<String> log;

  /**
   * Takes the options.
   *
   * @param samplesBefore samples of a window before the beat
   * @param context rhythm features of the context row, by name; may be empty
   * @param log takes one line at a time for the user
   */
  public MitdbPreparation(
      PrepareOptions options, int samplesBefore, List<String> context, Consumer<String> log) {
    this.options = options;
    this.windowing = new Windowing.BeatCentred(options.windowSamples(), samplesBefore, context);
    this.log = log;
  }

  /**
   * Reads the records and writes the files and their description.
   *
   * @throws IOException if a record is damaged or missing, or a file cannot be written
   */
  public DatasetDescription run() throws IOException {
    return PreparationRun.of(this, options, log);
  }

  @Override
  public DatasetFacts facts() throws IOException {
    Set<String> records = new LinkedHashSet<>();
    sources().forEach(source -> records.add(number(source)));
    options.requireKnown(records);
    return new DatasetFacts(
        NAME,
        "beat-classification",
        Modality.ECG,
        AamiBeat.labels(),
        AamiBeat.labelNames(),
        CHANNELS,
        "mV",
        windowing,
        "MIT-BIH Arrhythmia Database 1.0.0 (PhysioNet)",
        "ODC-By 1.0",
        options.split(records, "record"),
        0,
        "records",
        "records with beat annotations");
  }

  @Override
  public PreparationItems items() throws IOException {
    List<PreparationItem> items = new ArrayList<>();
    for (RecordingSource source : sources()) {
      items.add(
          new PreparationItem(
              source.name(), RecordFiles.of(options.input(), source), parts -> cut(source, parts)));
    }
    return PreparationItems.of(items);
  }

  private List<RecordingSource> sources() throws IOException {
    return RecordingFormats.list(options.input(), RecordingOptions.DEFAULT).stream()
        .filter(source -> !PACED.contains(number(source)))
        .filter(source -> !number(source).startsWith(EXCERPT))
        .toList();
  }

  private static String number(RecordingSource source) {
    return source.name().substring(source.name().lastIndexOf('/') + 1);
  }

  private void cut(RecordingSource source, PreparedParts parts) throws IOException {
    try (Recording recording = source.open()) {
      Map<Long, AamiBeat> beats = beats(recording);
      long[] samples = beats.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
      StreamWindower windower = StreamWindower.withReferenceBeats(plan(recording), 0, samples);
      List<MissingSamples> missing = missing(recording);
      int[] leftOut = new int[1];
      RecordingCutter.cut(
          recording,
          windower,
          (chunk, count) -> missing.forEach(row -> row.take(chunk, count)),
          window -> {
            if (isMissing(window, missing)) {
              leftOut[0]++;
              return;
            }
            AamiBeat beat = beats.get(window.beatSample());
            parts.append(
                options.partOf(number(source)),
                number(source),
                window.input(),
                AamiBeat.labels().indexOf(beat.name()));
          });
      if (leftOut[0] > 0) {
        log.accept(
            "record "
                + source.name()
                + ": "
                + leftOut[0]
                + " beats left out, of whose windows more than a fifth is missing in every lead");
      }
    }
  }

  /** What the recording lacks of each row that it feeds. */
  private static List<MissingSamples> missing(Recording recording) throws ChannelMismatchException {
    List<String> names = recording.channels().stream().map(RecordingChannel::name).toList();
    ChannelMapping mapping = ChannelMapping.of(CHANNELS, names);
    return IntStream.range(0, mapping.rows())
        .map(mapping::source)
        .filter(channel -> channel != ChannelMapping.NONE)
        .mapToObj(channel -> new MissingSamples(new int[] {channel}))
        .toList();
  }

  /** One lead suffices: the windower leaves the row of the other out. */
  private static boolean isMissing(CutWindow window, List<MissingSamples> rows) {
    boolean isMissing = true;
    // Every row is asked, since each forgets what lies before the window.
    for (MissingSamples row : rows) {
      isMissing &= row.share(window.startSample(), window.endSample()) > MissingSamples.MOST;
    }
    return isMissing;
  }

  private static Map<Long, AamiBeat> beats(Recording recording) throws IOException {
    Map<Long, AamiBeat> beats = new HashMap<>();
    for (RecordingAnnotation annotation : recording.annotations()) {
      Optional<AamiBeat> beat = AamiBeat.of(annotation.label());
      beat.ifPresent(kind -> beats.put(annotation.startSample(), kind));
    }
    if (beats.isEmpty()) {
      throw new IOException(
          "record "
              + recording.name()
              + ": no beat annotations; expected an annotation file "
              + recording.name()
              + ".atr with beats");
    }
    return beats;
  }

  private WindowPlan plan(Recording recording) throws MalformedRecordingException {
    List<String> names = recording.channels().stream().map(RecordingChannel::name).toList();
    return WindowPlan.of(
            windowing,
            options.sampleRateHz(),
            "mV",
            CHANNELS,
            options.filters(),
            Modality.ECG,
            recording.sampleRateHz(),
            names,
            RowUnit.of(recording, names, CHANNELS))
        .withMargin(options.marginSamples());
  }
}
