package io.physiowave.training.finetune;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.physiowave.training.run.TrainingHistory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * How far a training has come: what is saved beside the weights to go on from.
 *
 * @param epoch epoch that is under way, from 0
 * @param batch next batch of it
 * @param lossSum sum of the losses of its windows so far
 * @param hits windows labelled rightly so far
 * @param windows windows so far
 * @param bestEpoch epoch of the best weights, -1 before the first
 * @param bestMerit how good it was
 * @param history figures of the epochs before, as JSON
 * @param configuration options of the run, flag by flag, as text
 */
record FinetuneProgress(
    int epoch,
    int batch,
    double lossSum,
    long hits,
    long windows,
    int bestEpoch,
    double bestMerit,
    String history,
    Map<String, String> configuration) {

  /** Options that may differ when a run goes on: they change nothing of what it computes. */
  private static final List<String> FREE =
      List.of("output_dir", "resume", "save_steps", "no_progress", "num_workers");

  static FinetuneProgress start(Map<String, String> configuration) {
    return new FinetuneProgress(
        0, 0, 0, 0, 0, -1, -Double.MAX_VALUE, new TrainingHistory().toJson(), configuration);
  }

  FinetuneProgress afterStep(double loss, long newHits, int newWindows) {
    return new FinetuneProgress(
        epoch,
        batch + 1,
        lossSum + loss * newWindows,
        hits + newHits,
        windows + newWindows,
        bestEpoch,
        bestMerit,
        history,
        configuration);
  }

  FinetuneProgress afterEpoch(int newBestEpoch, double newBestMerit, String newHistory) {
    return new FinetuneProgress(
        epoch + 1, 0, 0, 0, 0, newBestEpoch, newBestMerit, newHistory, configuration);
  }

  double meanLoss() {
    return windows == 0 ? Double.NaN : lossSum / (double) windows;
  }

  byte[] toJson() {
    try {
      return JsonMapper.builder().build().writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("progress always has a JSON form", e);
    }
  }

  static FinetuneProgress ofJson(byte[] json, String source) throws IOException {
    try {
      return JsonMapper.builder()
          .build()
          .readValue(new String(json, StandardCharsets.UTF_8), FinetuneProgress.class);
    } catch (JsonProcessingException e) {
      throw new IOException(source + ": damaged: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Refuses to go on with other options.
   *
   * @throws IllegalArgumentException naming those that differ
   */
  void requireSame(Map<String, String> now, String source) {
    List<String> differences = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(now.keySet());
    names.addAll(configuration.keySet());
    names.removeAll(FREE);
    for (String name : names) {
      if (!Objects.equals(configuration.get(name), now.get(name))) {
        differences.add(name + " was " + configuration.get(name) + " and is " + now.get(name));
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
