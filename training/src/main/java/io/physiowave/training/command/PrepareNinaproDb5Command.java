package io.physiowave.training.command;

import io.physiowave.training.download.PublicDataset;
import io.physiowave.training.prepare.NinaproDb5Preparation;
import io.physiowave.training.prepare.NinaproSplit;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Cuts Ninapro DB5 into windows of rest and 52 movements. */
@Command(
    name = "ninapro-db5",
    preprocessor = PublishedSpelling.class,
    sortOptions = false,
    description =
        "Windows of rest and the 52 movements of Ninapro DB5, from a directory of its MAT files or"
            + " zip files.")
public final class PrepareNinaproDb5Command implements Callable<Integer> {
  private static final double RATE_HZ = 200;

  @Spec private CommandSpec spec;

  @Mixin private PrepareSharedOptions shared;

  /** What is divided. */
  private enum SplitBy {
    REPETITION,
    SUBJECT
  }

  @Option(
      names = "--window",
      defaultValue = "512",
      description = "Samples of a window at 200 Hz (default ${DEFAULT-VALUE}).")
  private int window;

  @Option(
      names = "--hop",
      defaultValue = "128",
      description = "Samples between windows (default ${DEFAULT-VALUE}).")
  private int hop;

  @Option(
      names = "--split_by",
      defaultValue = "repetition",
      description = "repetition or subject (default ${DEFAULT-VALUE}).")
  private SplitBy splitBy;

  @Option(
      names = "--train_reps",
      split = ",",
      description = "Repetitions for training (default 1,3,4,6).")
  private List<Integer> trainReps = List.of(1, 3, 4, 6);

  @Option(names = "--val_reps", split = ",", description = "Those for validation (default 2).")
  private List<Integer> valReps = List.of(2);

  @Option(names = "--test_reps", split = ",", description = "Those for the test (default 5).")
  private List<Integer> testReps = List.of(5);

  @Option(
      names = "--val_subjects",
      split = ",",
      description = "Subjects for validation, with --split_by subject (default 9).")
  private List<Integer> valSubjects = List.of(9);

  @Option(
      names = "--test_subjects",
      split = ",",
      description = "Subjects for the test, with --split_by subject (default 10).")
  private List<Integer> testSubjects = List.of(10);

  @Option(
      names = "--seed",
      defaultValue = "42",
      description = "Seed of the draw of rest windows (default ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public Integer call() throws IOException {
    shared.obtain(PublicDataset.NINAPRO_DB5, new CommandLog(spec));
    boolean bySubject = splitBy == SplitBy.SUBJECT;
    NinaproSplit split =
        new NinaproSplit(
            bySubject,
            Set.copyOf(trainReps),
            Set.copyOf(bySubject ? valSubjects : valReps),
            Set.copyOf(bySubject ? testSubjects : testReps));
    new NinaproDb5Preparation(
            shared.options(RATE_HZ, window, Configuration.of(spec)),
            hop,
            split,
            seed,
            new CommandLog(spec))
        .run();
    return 0;
  }
}
