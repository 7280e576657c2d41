package io.physiowave.training.resume;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.physiowave.training.run.TrainingHistory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * How far a training has come: what is saved beside the weights to go on from.
 *
 * @param epoch epoch that is under way, from 0
 * @param batch next batch of it
 * @param sums figures of its windows so far, each times the windows, by name
 * @param windows windows so far
 * @param bestEpoch epoch of the best weights, -1 before the first
 * @param bestMerit how good it was
 * @param history figures of the epochs before, as JSON
 * @param configuration options of the run, flag by flag, as text
 */
public record RunProgress(
    int epoch,
    int batch,
    Map<String, Double> sums,
    long windows,
    int bestEpoch,
    double bestMerit,
    String history,
    Map<String, String> configuration) {

  /** Options that may differ when a run goes on: they change nothing of what it computes. */
  private static final List<String> FREE =
      List.of("output_dir", "resume", "save_steps", "no_progress", "num_workers");

  /** No option, but files that have changed are no way to go on either. */
  private static final String WINDOWS = "number of training windows";

  private static final String ABSENT = "not given";

  public RunProgress {
    sums = Map.copyOf(sums);
    configuration = Map.copyOf(configuration);
  }

  /**
   * The beginning.
   *
   * @param configuration options of the run, flag by flag
   * @param trainingWindows that are trained on
   */
  public static RunProgress start(Map<String, Object> configuration, int trainingWindows) {
    Map<String, String> text = new LinkedHashMap<>();
    configuration.forEach((name, value) -> text.put(name, String.valueOf(value)));
    text.put(WINDOWS, String.valueOf(trainingWindows));
    return new RunProgress(
        0, 0, Map.of(), 0, -1, -Double.MAX_VALUE, new TrainingHistory().toJson(), text);
  }

  /**
   * One batch further.
   *
   * @param figures means over the batch, by name
   * @param size windows of the batch
   */
  public RunProgress afterBatch(Map<String, Double> figures, int size) {
    Map<String, Double> added = new LinkedHashMap<>(sums);
    figures.forEach((name, value) -> added.merge(name, value * size, Double::sum));
    return new RunProgress(
        epoch, batch + 1, added, windows + size, bestEpoch, bestMerit, history, configuration);
  }

  /** At the beginning of the next epoch. */
  public RunProgress afterEpoch(int newBestEpoch, double newBestMerit, String newHistory) {
    return new RunProgress(
        epoch + 1, 0, Map.of(), 0, newBestEpoch, newBestMerit, newHistory, configuration);
  }

  /** Mean of a figure over the epoch's windows so far; NaN before the first. */
  public double mean(String name) {
    return windows == 0 ? Double.NaN : sums.get(name) / (double) windows;
  }

  byte[] toJson() {
    try {
      return JsonMapper.builder().build().writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("progress always has a JSON form", e);
    }
  }

  static RunProgress ofJson(byte[] json, String source) throws IOException {
    try {
      return JsonMapper.builder()
          .build()
          .readValue(new String(json, StandardCharsets.UTF_8), RunProgress.class);
    } catch (JsonProcessingException e) {
      throw new IOException(source + ": damaged: " + e.getOriginalMessage(), e);
    }
  }

  /** Refuses to go on with other options, naming those that differ. */
  void requireSame(Map<String, String> now, String source) {
    List<String> differences = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(now.keySet());
    names.addAll(configuration.keySet());
    FREE.forEach(names::remove);
    if (!configuration.containsKey(WINDOWS)) {
      // Saved by a release that did not note it.
      names.remove(WINDOWS);
    }
    for (String name : names) {
      if (!Objects.equals(configuration.get(name), now.get(name))) {
        differences.add(
            name
                + " was "
                + configuration.getOrDefault(name, ABSENT)
                + " and is "
                + now.getOrDefault(name, ABSENT));
      }
    }
    if (!differences.isEmpty()) {
      throw new IllegalArgumentException(
          source
              + ": cannot go on with other options: "
              + String.join(", ", differences)
              + "; repeat the former ones or choose another --output_dir");
    }
  }
}
