package io.physiowave.training.prepare;

import io.physiowave.connectors.recording.MalformedRecordingException;
import io.physiowave.connectors.recording.RecordingNotFoundException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipError;

/**
 * The files of an input, wherever they lie: in a directory and beneath it, in a zip file, or in the
 * zip files of a directory, which need not be unpacked.
 */
final class InputTree implements Closeable {
  private final Path input;
  private final List<FileSystem> archives = new ArrayList<>();
  private final List<Found> files = new ArrayList<>();

  private InputTree(Path input) {
    this.input = input;
  }

  /**
   * A file that was found.
   *
   * @param file its name and place, which may be within a zip file
   * @param source the file on disk that it is read from: itself or its zip file
   */
  record Found(SourceFile file, SourceFile source) {}

  /**
   * Looks through an input.
   *
   * @throws IOException if it is not there, or a zip file is damaged
   */
  static InputTree open(Path input) throws IOException {
    InputTree tree = new InputTree(input);
    try {
      if (Files.isDirectory(input)) {
        tree.addDirectory();
      } else if (isZip(input)) {
        tree.addArchive(input);
      } else {
        throw new RecordingNotFoundException(
            input + ": neither a directory nor a zip file; expected one of these");
      }
      tree.files.sort(Comparator.comparing(found -> found.file().name(), new NumbersByValue()));
      return tree;
    } catch (IOException | RuntimeException e) {
      tree.close();
      throw e;
    }
  }

  private static boolean isZip(Path file) {
    return Files.isRegularFile(file) && file.toString().toLowerCase(Locale.ROOT).endsWith(".zip");
  }

  private void addDirectory() throws IOException {
    List<Path> found;
    try (Stream<Path> walk = Files.walk(input, FileVisitOption.FOLLOW_LINKS)) {
      found = walk.filter(Files::isRegularFile).toList();
    }
    for (Path file : found) {
      if (isZip(file)) {
        addArchive(file);
      } else {
        SourceFile source = SourceFile.of(input, file);
        files.add(new Found(source, source));
      }
    }
  }

  private void addArchive(Path zip) throws IOException {
    FileSystem archive;
    try {
      archive = FileSystems.newFileSystem(zip);
    } catch (IOException | ZipError | ProviderNotFoundException e) {
      throw new MalformedRecordingException(
          zip + ": not a zip file that can be read: " + e.getMessage(), e);
    }
    archives.add(archive);
    SourceFile source = SourceFile.of(input, zip);
    try (Stream<Path> walk = Files.walk(archive.getPath("/"))) {
      walk.filter(Files::isRegularFile)
          .forEach(
              file -> {
                String name = file.toString().substring(1);
                files.add(new Found(new SourceFile(name, file), source));
              });
    }
  }

  /**
   * The files whose name fits, ordered by name with numbers by value.
   *
   * @param name pattern that must occur in the path within the input or zip file
   * @param expectation what the input should be like, for the message when nothing fits
   * @throws IOException if none does
   */
  List<Found> find(Pattern name, String expectation) throws IOException {
    List<Found> found =
        files.stream().filter(file -> name.matcher(file.file().name()).find()).toList();
    if (found.isEmpty()) {
      throw new RecordingNotFoundException(
          input + ": none of its " + files.size() + " files fits; expected " + expectation);
    }
    return found;
  }

  @Override
  public void close() throws IOException {
    for (FileSystem archive : archives) {
      archive.close();
    }
  }
}
