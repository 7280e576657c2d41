package io.physiowave.training.prepare;

import io.physiowave.connectors.recording.MalformedRecordingException;
import io.physiowave.connectors.recording.ninapro.NinaproFiles;
import io.physiowave.connectors.recording.ninapro.NinaproMovements;
import io.physiowave.connectors.recording.ninapro.NinaproRecording;
import io.physiowave.core.card.Windowing;
import io.physiowave.core.frame.Modality;
import io.physiowave.training.dataset.DatasetDescription;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Windows of Ninapro DB5: 10 subjects with two armbands of 8 electrodes at 200 Hz, rest and 52
 * movements in three exercises. The rules are those that the authors gave for this set after the
 * paper: windows of 512 every 128 samples, each wholly inside one repetition of a movement, each
 * channel to at most 1 in size; repetitions 1, 3, 4, 6 for training, 2 for validation, 5 for the
 * test, or whole subjects; windows of rest drawn down to the median number of a movement.
 *
 * <p>Movements are numbered anew in each exercise's file, so 12 and 29 are added in the second and
 * third. The exercise is taken from the file's name; the field of that name in the files is wrong.
 */
public final class NinaproDb5Preparation implements Preparation {
  /** Name of the data set in descriptions. */
  public static final String NAME = "ninapro-db5";

  /** Movements of the exercises 1 to 3. */
  static final List<Integer> MOVEMENTS = List.of(12, 17, 23);

  /** Rest and the movements in the order of the labels. */
  public static final List<String> LABELS = labels();

  private static final double RATE_HZ = 200;
  private static final int CHANNELS = 16;
  private static final Pattern FILE =
      Pattern.compile("(?:^|/)(S(\\d+)_E([1-3])_A\\d+)\\.mat$", Pattern.CASE_INSENSITIVE);

  private final PrepareOptions options;
  private final int hop;
  private final NinaproSplit split;
  private final long seed;
  private final Consumer<String> log;

  /**
   * Takes the options; the input is a directory of the MAT files or of the published zip files.
   *
   * @param hop samples between windows
   * @param split what goes into which part
   * @param seed of the draw of rest windows
   * @param log takes one line at a time for the user
   */
  public NinaproDb5Preparation(
      PrepareOptions options, int hop, NinaproSplit split, long seed, Consumer<String> log) {
    if (hop < 1) {
      throw new IllegalArgumentException("hop is " + hop + " samples; expected 1 or more");
    }
    this.options = options;
    this.hop = hop;
    this.split = split;
    this.seed = seed;
    this.log = log;
  }

  private static List<String> labels() {
    List<String> labels = new ArrayList<>(List.of("rest"));
    for (int exercise = 1; exercise <= MOVEMENTS.size(); exercise++) {
      for (int movement = 1; movement <= MOVEMENTS.get(exercise - 1); movement++) {
        labels.add("E" + exercise + "." + movement);
      }
    }
    return List.copyOf(labels);
  }

  /**
   * Reads the recordings and writes the files and their description.
   *
   * @throws IOException if a file is damaged or missing, or cannot be written
   */
  public DatasetDescription run() throws IOException {
    return PreparationRun.of(this, options, log);
  }

  @Override
  public DatasetFacts facts() {
    return new DatasetFacts(
        NAME,
        "gesture-classification",
        Modality.EMG,
        LABELS,
        ArmbandChannels.of(CHANNELS),
        "V",
        new Windowing.Sliding(options.windowSamples(), hop),
        "Ninapro DB5 (Zenodo 1000116)",
        "CC BY 4.0",
        split + "; rest drawn down to the median number of a movement with seed " + seed,
        seed,
        "recordings",
        "repetitions of at least " + options.windowSamples() + " samples");
  }

  /** One acquisition file. */
  private record Acquisition(SourceFile file, String name, int subject, int exercise) {}

  @Override
  public PreparationItems items() throws IOException {
    InputTree tree = InputTree.open(options.input());
    try {
      List<Acquisition> files = new ArrayList<>();
      for (InputTree.Found found : tree.find(FILE, "S1_E1_A1.mat and so on")) {
        Matcher name = FILE.matcher(found.file().name());
        if (name.find()) {
          files.add(
              new Acquisition(
                  found.file(),
                  name.group(1),
                  Integer.parseInt(name.group(2)),
                  Integer.parseInt(name.group(3))));
        }
      }
      files.sort(
          Comparator.comparingInt(Acquisition::subject).thenComparing(Acquisition::exercise));
      RestShare rest = restShare(files);
      return PreparationItems.of(
          files.stream()
              .map(
                  file ->
                      new PreparationItem(
                          file.name(), () -> List.of(file.file()), parts -> cut(file, rest, parts)))
              .toList(),
          tree);
    } catch (IOException | RuntimeException e) {
      tree.close();
      throw e;
    }
  }

  /** Counts the windows of each class, which the movements alone tell. */
  private RestShare restShare(List<Acquisition> files) throws IOException {
    log.accept("counts the windows of " + files.size() + " recordings");
    RestShare.Counts counts = new RestShare.Counts(LABELS.size());
    for (Acquisition file : files) {
      NinaproMovements movements = NinaproFiles.movements(file.file().path());
      requireExercise(file, movements);
      for (NinaproMovements.Stretch stretch : movements.stretches()) {
        split
            .partOf(file.subject(), stretch.repetition())
            .ifPresent(part -> counts.add(part, label(file, stretch), windows(stretch)));
      }
    }
    return counts.share(seed);
  }

  private static void requireExercise(Acquisition file, NinaproMovements movements)
      throws MalformedRecordingException {
    int expected = MOVEMENTS.get(file.exercise() - 1);
    if (movements.largestMovement() > expected) {
      throw new MalformedRecordingException(
          file.file().name()
              + ": restimulus goes up to "
              + movements.largestMovement()
              + "; expected at most "
              + expected
              + " in exercise "
              + file.exercise());
    }
  }

  private static int label(Acquisition file, NinaproMovements.Stretch stretch) {
    int before = IntStream.range(1, file.exercise()).map(e -> MOVEMENTS.get(e - 1)).sum();
    return stretch.movement() == 0 ? 0 : before + stretch.movement();
  }

  private int windows(NinaproMovements.Stretch stretch) {
    int left = stretch.endSample() - stretch.startSample() - options.windowSamples();
    return left < 0 ? 0 : left / hop + 1;
  }

  private void cut(Acquisition file, RestShare rest, PreparedParts parts) throws IOException {
    try (NinaproRecording recording = NinaproFiles.open(file.file().path(), file.name(), RATE_HZ)) {
      if (recording.channels().size() != CHANNELS) {
        throw new MalformedRecordingException(
            file.file().name()
                + ": emg has "
                + recording.channels().size()
                + " columns; expected "
                + CHANNELS);
      }
      float[][] emg = new float[CHANNELS][(int) recording.sampleCount().orElseThrow()];
      recording.read(emg, 0, emg[0].length);
      FiniteSamples.require(file.file().name(), "emg", emg);
      RestShare.Draw draw = rest.of(file.name());
      for (NinaproMovements.Stretch stretch : recording.movements().stretches()) {
        String part = split.partOf(file.subject(), stretch.repetition()).orElse(null);
        int label = label(file, stretch);
        for (int i = 0; part != null && i < windows(stretch); i++) {
          if (label > 0 || draw.keeps(part)) {
            float[] window = window(emg, stretch.startSample() + i * hop);
            parts.append(part, "s" + file.subject(), window, label);
          }
        }
      }
    }
  }

  private float[] window(float[][] emg, int start) {
    int length = options.windowSamples();
    float[] window = new float[CHANNELS * length];
    for (int row = 0; row < CHANNELS; row++) {
      System.arraycopy(emg[row], start, window, row * length, length);
      WindowScaling.MAXABS.apply(window, row * length, (row + 1) * length);
    }
    return window;
  }
}
