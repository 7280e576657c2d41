package io.physiowave.training.command;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The flags that name HDF5 files; several are separated by commas or spaces. */
final class TrainingFileOptions {
  @Option(
      names = {"--train_file", "--train_files"},
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "HDF5 files to train on: data (N,C,T) and label (N) or (N,K); with --modality"
              + " SIGNAL=FILE.")
  private List<String> train;

  @Option(
      names = {"--val_file", "--val_files"},
      arity = "0..*",
      paramLabel = "FILE",
      description =
          "HDF5 files to choose the best epoch by; without them a share of the training"
              + " windows is set apart.")
  private List<String> validation;

  @Option(
      names = {"--test_file", "--test_files"},
      arity = "0..*",
      paramLabel = "FILE",
      description = "HDF5 files to measure the best epoch on, once, at the end.")
  private List<String> test;

  SignalFiles train() {
    return SignalFiles.of(train);
  }

  SignalFiles validation() {
    return SignalFiles.of(validation);
  }

  SignalFiles test() {
    return SignalFiles.of(test);
  }

  static List<Path> paths(List<String> texts) {
    return texts == null ? List.of() : texts.stream().flatMap(FileNames::in).map(Path::of).toList();
  }

  /** Words for each file that is given more than once. */
  List<String> repeated() {
    Map<String, Collection<Path>> byOption = new LinkedHashMap<>();
    byOption.put("--train_file", train().all());
    byOption.put("--val_file", validation().all());
    byOption.put("--test_file", test().all());
    return FileNames.repeated(byOption);
  }
}
