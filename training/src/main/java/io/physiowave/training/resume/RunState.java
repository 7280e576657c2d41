package io.physiowave.training.resume;

import io.physiowave.training.checkpoint.CheckpointForm;
import io.physiowave.training.checkpoint.SafeTensors;
import io.physiowave.training.model.ModelWeights;
import io.physiowave.training.model.TorchModel;
import io.physiowave.training.run.AdamWOptimizer;
import io.physiowave.training.run.Divergence;
import io.physiowave.training.run.WeightAverage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that a training changes, saved as one checkpoint and taken over from it. */
public final class RunState {
  private static final String PROGRESS = "progress.json";
  private static final String AVERAGE = "average";
  private static final String OPTIMIZER = "optimizer";

  private final TorchModel model;
  private final CheckpointForm form;
  private final AdamWOptimizer optimizer;
  private final Optional<WeightAverage> average;

  /**
   * Takes what is saved and restored.
   *
   * @param form how the model is kept on disk
   */
  public RunState(
      TorchModel model,
      CheckpointForm form,
      AdamWOptimizer optimizer,
      Optional<WeightAverage> average) {
    this.model = model;
    this.form = form;
    this.optimizer = optimizer;
    this.average = average;
  }

  /**
   * Replaces the file whole.
   *
   * @throws IOException when it cannot be written, or weights are not finite
   */
  public void save(Path file, RunProgress progress) throws IOException {
    ModelWeights weights = model.weights();
    Divergence.requireFinite(weights);
    Map<String, byte[]> sections = new LinkedHashMap<>();
    sections.put(PROGRESS, progress.toJson());
    sections.put(OPTIMIZER, optimizer.state());
    if (average.isPresent()) {
      sections.put(AVERAGE, SafeTensors.write(average.get().weights()));
    }
    form.write(file, weights, sections);
  }

  /**
   * Takes a saved state over.
   *
   * @param now where the run stands before, with its options
   * @return where it stands after
   * @throws IllegalArgumentException when the state was saved by a run with other options
   * @throws IOException when the file is missing, damaged or holds weights alone
   */
  public RunProgress restore(Path file, RunProgress now) throws IOException {
    CheckpointForm.Saved latest = form.read(file);
    Map<String, byte[]> sections = latest.sections();
    if (!sections.keySet().containsAll(List.of(PROGRESS, OPTIMIZER))) {
      throw new IOException(file + ": holds weights alone; expected a state to go on from");
    }
    RunProgress saved = RunProgress.ofJson(sections.get(PROGRESS), file.toString());
    saved.requireSame(now.configuration(), file.toString());
    model.load(latest.weights());
    optimizer.restore(sections.get(OPTIMIZER));
    if (average.isPresent()) {
      average.get().restore(SafeTensors.read(sections.get(AVERAGE)));
    }
    return saved;
  }
}
