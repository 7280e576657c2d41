package io.physiowave.training.dataset;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Link;
import io.jhdf.api.Node;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** HDF5 files opened for reading, and one line for whatever is wrong with them. */
public final class HdfFiles {
  private HdfFiles() {}

  /**
   * Opens a file.
   *
   * @throws InvalidDatasetException when it is a directory or not HDF5
   */
  public static HdfFile open(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString());
    }
    if (Files.isDirectory(path)) {
      throw new InvalidDatasetException(path + ": is a directory; expected an HDF5 file");
    }
    try {
      return new HdfFile(path);
    } catch (HdfException | IllegalArgumentException e) {
      throw new InvalidDatasetException(path + ": not an HDF5 file: " + e.getMessage(), e);
    }
  }

  /** A data set, if there is one of that name; links are followed. */
  public static Optional<Dataset> find(Path path, Group group, String name)
      throws InvalidDatasetException {
    Node node = group.getChildren().get(name);
    if (node instanceof Link link) {
      node = target(path, link);
    }
    return node instanceof Dataset dataset ? Optional.of(dataset) : Optional.empty();
  }

  private static Node target(Path path, Link link) throws InvalidDatasetException {
    try {
      return link.getTarget();
    } catch (StackOverflowError endless) {
      throw new InvalidDatasetException(
          path + ": the link '" + link.getName() + "' leads back to itself", endless);
    }
  }

  /**
   * The sizes of a data set's axes.
   *
   * @throws InvalidDatasetException when one of them is beyond what is read here
   */
  public static int[] shape(Path path, Dataset dataset) throws InvalidDatasetException {
    try {
      return dataset.getDimensions();
    } catch (ArithmeticException tooLong) {
      throw new InvalidDatasetException(
          path
              + ": "
              + dataset.getName()
              + " has an axis of more than "
              + Integer.MAX_VALUE
              + "; split it over several files",
          tooLong);
    }
  }

  /** What the library says first, and what is behind it, which tells more. */
  public static InvalidDatasetException damaged(Path path, HdfException e) {
    Throwable last = e;
    while (last.getCause() != null) {
      last = last.getCause();
    }
    String cause = last == e ? e.getMessage() : e.getMessage() + ": " + last.getMessage();
    return new InvalidDatasetException(
        path + ": damaged, or of a form that is not read: " + cause, e);
  }
}
