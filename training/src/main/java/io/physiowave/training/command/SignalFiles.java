package io.physiowave.training.command;

import io.physiowave.training.evaluate.TrainedModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Files by the signal they hold, as given on a command line: {@code FILE} for the only signal,
 * {@code SIGNAL=FILE} for one of several; several are separated by commas or spaces.
 *
 * @param bySignal files of each signal in order; that of the only one is {@link TrainedModel#ONLY}
 */
record SignalFiles(Map<String, List<Path>> bySignal) {
  private static final Pattern NAMED = Pattern.compile("([A-Za-z][A-Za-z0-9_-]*)=(.+)");

  /** A file of the only signal. */
  static SignalFiles ofOnly(Path file) {
    return new SignalFiles(Map.of(TrainedModel.ONLY, List.of(file)));
  }

  /** Reads the values of an option; none when it is null. */
  static SignalFiles of(List<String> texts) {
    Map<String, List<Path>> files = new LinkedHashMap<>();
    if (texts != null) {
      texts.stream().flatMap(FileNames::in).forEach(text -> add(files, text));
    }
    return new SignalFiles(files);
  }

  private static void add(Map<String, List<Path>> files, String text) {
    Matcher named = NAMED.matcher(text);
    String signal = named.matches() ? named.group(1) : TrainedModel.ONLY;
    String file = named.matches() ? named.group(2) : text;
    files.computeIfAbsent(signal, name -> new ArrayList<>()).add(Path.of(file));
  }

  /** The files of all signals. */
  List<Path> all() {
    return bySignal.values().stream().flatMap(List::stream).toList();
  }

  boolean isEmpty() {
    return bySignal.isEmpty();
  }

  /**
   * The files of one signal.
   *
   * @param option for the message
   * @throws IllegalArgumentException when there are none, or there are files of signals that the
   *     model does not read
   */
  List<Path> of(String signal, Iterable<String> known, String option) {
    List<String> names = new ArrayList<>();
    known.forEach(names::add);
    if (!names.containsAll(bySignal.keySet()) || !bySignal.containsKey(signal)) {
      throw new IllegalArgumentException(
          option
              + " gives files of "
              + bySignal.keySet()
              + "; expected "
              + (names.equals(List.of(TrainedModel.ONLY))
                  ? "FILE, for the model reads one signal"
                  : names.stream().map(name -> name + "=FILE").collect(Collectors.joining(" "))));
    }
    return bySignal.get(signal);
  }

  /** All files as text. */
  String describe() {
    return bySignal.entrySet().stream()
        .flatMap(
            entry ->
                entry.getValue().stream()
                    .map(file -> (entry.getKey().isEmpty() ? "" : entry.getKey() + "=") + file))
        .collect(Collectors.joining(","));
  }
}
