package io.physiowave.training.prepare;

import io.physiowave.connectors.recording.MalformedRecordingException;
import io.physiowave.connectors.recording.ninapro.NinaproFiles;
import io.physiowave.connectors.recording.ninapro.NinaproRecording;
import io.physiowave.core.card.ModelChannel;
import io.physiowave.core.card.Windowing;
import io.physiowave.core.frame.Modality;
import io.physiowave.training.dataset.DatasetDescription;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Windows of Ninapro DB6 without labels, for pretraining, by the published rules: of the 16 columns
 * of {@code emg} the empty ones, 9 and 10, are left out, the first 8 of the 14 others are kept
 * (files may have those 14 alone); each channel of the whole recording to mean 0 and deviation 1
 * (of a sample), windows of 1024 every 512 samples at 2000 Hz, a fifth of the windows for
 * validation.
 *
 * <p>As published, windows are divided one by one, so that a validation window overlaps training
 * windows; {@code --split_by subject} keeps subjects apart. The draw is another one than
 * scikit-learn's: each window or subject for itself, so that the share is met about and not
 * exactly.
 */
public final class NinaproDb6Preparation implements Preparation {
  /** Name of the data set in descriptions. */
  public static final String NAME = "ninapro-db6";

  private static final double RATE_HZ = 2000;
  private static final Set<Integer> COLUMNS = Set.of(14, 16);
  // The first eight of the columns that are not empty.
  private static final int[] KEPT = IntStream.range(0, 8).toArray();
  private static final Pattern FILE = Pattern.compile("(?:^|/)(S(\\d+)_D\\d+_T\\d+)\\.mat$");

  private final PrepareOptions options;
  private final int hop;
  private final SplitBy splitBy;
  private final ValidationDraw validation;
  private final Consumer<String> log;

  /** What is divided. */
  public enum SplitBy {
    /** Each window for itself, as published. */
    WINDOW,
    /** All windows of a subject together. */
    SUBJECT
  }

  /**
   * Takes the options; the input is a directory of the MAT files or of the published zip files.
   *
   * @param hop samples between windows
   * @param validation of the windows or subjects
   * @param log takes one line at a time for the user
   */
  public NinaproDb6Preparation(
      PrepareOptions options,
      int hop,
      SplitBy splitBy,
      ValidationDraw validation,
      Consumer<String> log) {
    this.options = options;
    this.hop = hop;
    this.splitBy = splitBy;
    this.validation = validation;
    this.log = log;
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
        DatasetDescription.PRETRAINING,
        Modality.EMG,
        List.of(),
        IntStream.of(KEPT).mapToObj(column -> ModelChannel.named("emg" + (column + 1))).toList(),
        "V",
        new Windowing.Sliding(options.windowSamples(), hop),
        "Ninapro DB6",
        "as Ninapro states: free for research, to be cited",
        "by " + splitBy.name().toLowerCase(Locale.ROOT) + ": " + validation,
        validation.seed(),
        "recordings",
        "recordings of at least " + options.windowSamples() + " samples");
  }

  @Override
  public PreparationItems items() throws IOException {
    InputTree tree = InputTree.open(options.input());
    try {
      List<PreparationItem> items = new ArrayList<>();
      for (InputTree.Found file : tree.find(FILE, "S1_D1_T1.mat and so on")) {
        Matcher name = FILE.matcher(file.file().name());
        if (name.find()) {
          items.add(item(file, name.group(1), Integer.parseInt(name.group(2))));
        }
      }
      return PreparationItems.of(items, tree);
    } catch (IOException | RuntimeException e) {
      tree.close();
      throw e;
    }
  }

  private PreparationItem item(InputTree.Found file, String name, int subject) {
    return new PreparationItem(
        name, () -> List.of(file.file()), parts -> cut(file, name, subject, parts));
  }

  private void cut(InputTree.Found file, String name, int subject, PreparedParts parts)
      throws IOException {
    float[][] emg = read(file, name);
    int length = emg[0].length;
    for (float[] channel : emg) {
      WindowScaling.ZSCORE_OF_SAMPLE.apply(channel, 0, length);
    }
    int window = options.windowSamples();
    boolean subjectDrawn = validation.takes(subject);
    SplittableRandom ofWindows = validation.within(name);
    for (int start = 0; start + window <= length; start += hop) {
      float[] values = new float[emg.length * window];
      for (int row = 0; row < emg.length; row++) {
        System.arraycopy(emg[row], start, values, row * window, window);
      }
      boolean windowDrawn = validation.isDrawn(ofWindows);
      boolean validates = splitBy == SplitBy.SUBJECT ? subjectDrawn : windowDrawn;
      parts.append(validates ? "val" : "train", "s" + subject, values);
    }
  }

  private static float[][] read(InputTree.Found file, String name) throws IOException {
    try (NinaproRecording recording =
        NinaproFiles.openUnlabelled(file.file().path(), name, RATE_HZ)) {
      int columns = recording.channels().size();
      if (!COLUMNS.contains(columns)) {
        throw new MalformedRecordingException(
            file.file().name()
                + ": emg has "
                + columns
                + " columns; expected 16, or 14 without the empty ones");
      }
      float[][] all = new float[columns][(int) recording.sampleCount().orElseThrow()];
      recording.read(all, 0, all[0].length);
      float[][] kept = new float[KEPT.length][];
      for (int row = 0; row < kept.length; row++) {
        kept[row] = all[KEPT[row]];
      }
      FiniteSamples.require(file.file().name(), "emg", kept);
      return kept;
    }
  }
}
