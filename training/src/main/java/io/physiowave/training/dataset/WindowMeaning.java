package io.physiowave.training.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What windows and their labels mean. Files of the same shape whose labels stand in another order,
 * or whose samples have another unit or rate, would be read without a word and give wrong figures.
 *
 * @param whose file that says so, for messages
 * @param labels class names in the order of the values in {@code label}; empty when unknown
 * @param unit of the samples; empty when unknown
 * @param sampleRateHz rate of the samples; empty when unknown
 */
public record WindowMeaning(
    String whose, List<String> labels, Optional<String> unit, Optional<Double> sampleRateHz) {

  public WindowMeaning {
    labels = List.copyOf(labels);
  }

  /** What the {@code dataset.json} beside a file says of it; empty when it has no such file. */
  public static Optional<WindowMeaning> of(Path file) throws IOException {
    Path beside = file.toAbsolutePath().resolveSibling(DatasetDescription.FILE_NAME);
    if (!Files.exists(beside)) {
      return Optional.empty();
    }
    DatasetDescription description = DatasetDescriptionJson.read(beside);
    String name = file.getFileName().toString();
    boolean named =
        description.files().values().stream().anyMatch(part -> part.file().equals(name));
    return named
        ? Optional.of(
            new WindowMeaning(
                file.toString(),
                description.labels(),
                Optional.of(description.unit()),
                Optional.of(description.sampleRateHz())))
        : Optional.empty();
  }

  /**
   * Refuses files that mean something else. What is unknown on either side is not compared.
   *
   * @throws InvalidDatasetException naming the file and both values
   */
  public void require(Iterable<Path> files) throws IOException {
    for (Path file : files) {
      Optional<WindowMeaning> other = of(file);
      if (other.isPresent()) {
        require(other.get());
      }
    }
  }

  private void require(WindowMeaning other) throws InvalidDatasetException {
    if (!labels.isEmpty() && !other.labels.isEmpty()) {
      require(other, "labels are", other.labels, labels);
    }
    if (unit.isPresent() && other.unit.isPresent()) {
      require(other, "samples are in", other.unit.get(), unit.get());
    }
    if (sampleRateHz.isPresent() && other.sampleRateHz.isPresent()) {
      require(other, "rate in Hz is", other.sampleRateHz.get(), sampleRateHz.get());
    }
  }

  private void require(WindowMeaning other, String what, Object found, Object expected)
      throws InvalidDatasetException {
    if (!found.equals(expected)) {
      throw new InvalidDatasetException(
          other.whose
              + ": its "
              + what
              + " "
              + found
              + " by the "
              + DatasetDescription.FILE_NAME
              + " beside it; expected "
              + expected
              + " as in "
              + whose);
    }
  }
}
