package io.physiowave.training.finetune;

import io.physiowave.training.dataset.EpochOrder;
import io.physiowave.training.dataset.InvalidDatasetException;
import io.physiowave.training.dataset.RandomSeeds;
import io.physiowave.training.dataset.WindowLabelling;
import io.physiowave.training.dataset.WindowLabels;
import io.physiowave.training.dataset.WindowSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** The windows to train on, to choose by and to test on, opened together. */
public final class TrainingParts implements AutoCloseable {
  private static final long SPLITTING = 0x5713;

  /**
   * One part.
   *
   * @param windows its windows
   * @param labels their labels, in range
   */
  public record Part(WindowSet windows, WindowLabels labels) {}

  private final List<WindowSet> opened;
  private final Part train;
  private final Part validation;
  private final Optional<Part> test;

  private TrainingParts(List<WindowSet> opened, Part train, Part validation, Optional<Part> test) {
    this.opened = opened;
    this.train = train;
    this.validation = validation;
    this.test = test;
  }

  /**
   * Opens the files; without validation files a share of the training windows is set apart.
   *
   * @param validationFiles may be empty
   * @param testFiles may be empty
   * @param validationShare share set apart when there are no validation files, above 0, below 1
   * @param byGroup set whole records or subjects apart rather than single windows
   * @param labelling which labels the windows have
   * @param seed of the split
   * @throws InvalidDatasetException when a file is invalid or a part would be empty
   * @throws IllegalArgumentException when the share is out of range and needed
   */
  public static TrainingParts open(
      List<Path> trainFiles,
      List<Path> validationFiles,
      List<Path> testFiles,
      double validationShare,
      boolean byGroup,
      WindowLabelling labelling,
      long seed)
      throws IOException {
    if (validationFiles.isEmpty() && !(validationShare > 0 && validationShare < 1)) {
      throw new IllegalArgumentException(
          "val_split_ratio is " + validationShare + "; expected more than 0 and less than 1");
    }
    List<WindowSet> opened = new ArrayList<>();
    try {
      Part all = open(trainFiles, labelling, opened);
      Optional<Part> test =
          testFiles.isEmpty() ? Optional.empty() : Optional.of(open(testFiles, labelling, opened));
      if (!validationFiles.isEmpty()) {
        return new TrainingParts(opened, all, open(validationFiles, labelling, opened), test);
      }
      boolean[] apart =
          byGroup ? groupsApart(all, validationShare, seed) : apart(all, validationShare, seed);
      return new TrainingParts(opened, select(all, apart, false), select(all, apart, true), test);
    } catch (IOException | RuntimeException e) {
      for (WindowSet set : opened) {
        set.close();
      }
      throw e;
    }
  }

  private static Part open(List<Path> files, WindowLabelling labelling, List<WindowSet> opened)
      throws IOException {
    WindowSet windows = WindowSet.open(files);
    opened.add(windows);
    return new Part(windows, labelling.of(windows));
  }

  private static boolean[] apart(Part all, double share, long seed) {
    int count = all.windows().size();
    int[] order = EpochOrder.shuffled(count, RandomSeeds.derive(seed, SPLITTING)).windows(0);
    boolean[] apart = new boolean[count];
    for (int i = 0; i < (int) (count * share); i++) {
      apart[order[i]] = true;
    }
    return apart;
  }

  private static boolean[] groupsApart(Part all, double share, long seed)
      throws InvalidDatasetException {
    int[] groups =
        all.windows()
            .groups()
            .orElseThrow(
                () ->
                    new InvalidDatasetException(
                        all.windows().paths()
                            + ": no data set 'group' in every file; expected one for"
                            + " --val_split_by group"));
    int[] distinct = Arrays.stream(groups).distinct().sorted().toArray();
    int[] order =
        EpochOrder.shuffled(distinct.length, RandomSeeds.derive(seed, SPLITTING)).windows(0);
    Set<Integer> chosen = new HashSet<>();
    int wanted = Math.max(1, (int) Math.round(distinct.length * share));
    for (int i = 0; i < wanted; i++) {
      chosen.add(distinct[order[i]]);
    }
    boolean[] apart = new boolean[groups.length];
    for (int i = 0; i < apart.length; i++) {
      apart[i] = chosen.contains(groups[i]);
    }
    return apart;
  }

  private static Part select(Part all, boolean[] apart, boolean wanted)
      throws InvalidDatasetException {
    int[] chosen = IntStream.range(0, apart.length).filter(i -> apart[i] == wanted).toArray();
    if (chosen.length == 0) {
      throw new InvalidDatasetException(
          all.windows().paths()
              + ": of "
              + apart.length
              + " windows none is left for "
              + (wanted ? "validation" : "training")
              + "; give --val_file or another --val_split_ratio");
    }
    return new Part(all.windows().subset(chosen), all.labels().select(chosen));
  }

  /** What is trained on. */
  public Part train() {
    return train;
  }

  /** What the best epoch is chosen by. */
  public Part validation() {
    return validation;
  }

  /** What is measured at the end alone. */
  public Optional<Part> test() {
    return test;
  }

  /** Every file of every part. */
  public List<Path> files() {
    return opened.stream().flatMap(set -> set.paths().stream()).toList();
  }

  @Override
  public void close() throws IOException {
    for (WindowSet set : opened) {
      set.close();
    }
  }
}
