package io.physiowave.connectors.recording.emgtext;

import io.physiowave.connectors.recording.RecordingException;
import io.physiowave.connectors.recording.RecordingNotFoundException;
import io.physiowave.connectors.recording.RecordingOptions;
import io.physiowave.connectors.recording.RecordingSource;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Finds recordings in the data set's zip file as it is distributed, in a directory of its files, or
 * single text files.
 *
 * <p>In the zip or directory, recordings lie at {@code [folder/]SUBJECT/NAME.txt}, the subject
 * being digits; they are named {@code SUBJECT/NAME}. Other entries are passed over, hidden ones
 * ({@code __MACOSX/01/._NAME.txt}) too.
 */
public final class EmgTextFiles {
  private static final Pattern ENTRY = Pattern.compile("(?:.*/)?((\\d+)/[^/.][^/]*)\\.txt");

  private EmgTextFiles() {}

  /** The recording in a text file that lies on disk. */
  public static RecordingSource source(Path file) {
    Path parent = file.toAbsolutePath().getParent().getFileName();
    String stem = file.getFileName().toString().replaceFirst("\\.txt$", "");
    String name = parent != null && parent.toString().matches("\\d+") ? parent + "/" + stem : stem;
    return new EmgTextSource(name, file.getFileName().toString(), () -> Files.newInputStream(file));
  }

  /**
   * The recordings in a zip file, ordered by name.
   *
   * @param zip the file
   * @param options its subject restricts the result: digits, with or without leading zeros, or the
   *     name of one recording
   * @throws RecordingException when the file is no zip or holds no such recording
   */
  public static List<RecordingSource> listZip(Path zip, RecordingOptions options)
      throws IOException {
    List<RecordingSource> sources = new ArrayList<>();
    TreeSet<String> subjects = new TreeSet<>();
    collect(zip, options, sources, subjects);
    return found(zip, options, sources, subjects);
  }

  private static void collect(
      Path zip, RecordingOptions options, List<RecordingSource> sources, Set<String> subjects)
      throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile())) {
      for (ZipEntry entry :
          (Iterable<ZipEntry>) file.stream().map(ZipEntry.class::cast)::iterator) {
        Matcher matcher = ENTRY.matcher(entry.getName());
        if (!entry.isDirectory() && matcher.matches()) {
          subjects.add(matcher.group(2));
          if (wanted(options, matcher.group(1), matcher.group(2))) {
            sources.add(source(zip, entry.getName(), matcher.group(1)));
          }
        }
      }
    } catch (ZipException e) {
      throw new RecordingException(zip + ": not a readable zip file: " + e.getMessage(), e);
    }
  }

  private static List<RecordingSource> found(
      Path path, RecordingOptions options, List<RecordingSource> sources, Set<String> subjects)
      throws RecordingNotFoundException {
    if (sources.isEmpty()) {
      throw new RecordingNotFoundException(
          subjects.isEmpty()
              ? path + ": holds no EMG text; expected files such as 01/1_raw_data.txt"
              : path
                  + ": holds no subject or recording '"
                  + options.subject().orElse("")
                  + "'; expected a subject among "
                  + String.join(", ", subjects));
    }
    sources.sort(Comparator.comparing(RecordingSource::name));
    return sources;
  }

  /**
   * The files that the recordings of a path are read from, ordered by name: the path itself unless
   * it is a directory; the texts beneath that, or if there are none the zip files in it.
   *
   * @return none when a directory holds neither
   */
  public static List<Path> filesOf(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    List<Path> texts;
    try (Stream<Path> files = Files.walk(path, FileVisitOption.FOLLOW_LINKS)) {
      texts = files.filter(file -> isText(path, file)).sorted().toList();
    }
    if (!texts.isEmpty()) {
      return texts;
    }
    try (Stream<Path> files = Files.list(path)) {
      return files
          .filter(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".zip"))
          .sorted()
          .toList();
    }
  }

  private static boolean isText(Path directory, Path file) {
    String name = directory.relativize(file).toString().replace('\\', '/');
    return ENTRY.matcher(name).matches() && Files.isRegularFile(file);
  }

  /**
   * The recordings in a directory, ordered by name.
   *
   * @param directory one of which {@link #filesOf} finds files
   * @param options as for {@link #listZip}
   * @throws RecordingException when it holds no such recording
   */
  public static List<RecordingSource> listDirectory(Path directory, RecordingOptions options)
      throws IOException {
    List<RecordingSource> sources = new ArrayList<>();
    TreeSet<String> subjects = new TreeSet<>();
    for (Path file : filesOf(directory)) {
      if (file.toString().endsWith(".txt")) {
        RecordingSource source = source(file);
        String subject = source.name().replaceFirst("/.*", "");
        subjects.add(subject);
        if (wanted(options, source.name(), subject)) {
          sources.add(source);
        }
      } else {
        collect(file, options, sources, subjects);
      }
    }
    return found(directory, options, sources, subjects);
  }

  private static RecordingSource source(Path zip, String entry, String name) {
    return new EmgTextSource(
        name, zip.getFileName() + "!" + name + ".txt", () -> ZipEntryStream.open(zip, entry));
  }

  private static boolean wanted(RecordingOptions options, String name, String subject) {
    return options
        .subject()
        .map(
            wanted ->
                wanted.equals(name)
                    || (wanted.matches("\\d+")
                        && withoutLeadingZeros(wanted).equals(withoutLeadingZeros(subject))))
        .orElse(true);
  }

  private static String withoutLeadingZeros(String digits) {
    return digits.replaceFirst("^0+(?=.)", "");
  }
}
