package io.physiowave.training.command;

import io.physiowave.training.checkpoint.Checkpoint;
import io.physiowave.training.checkpoint.CheckpointFile;
import io.physiowave.training.checkpoint.FusedCheckpoint;
import io.physiowave.training.checkpoint.FusedCheckpointFile;
import io.physiowave.training.checkpoint.MultiTaskCheckpoint;
import io.physiowave.training.checkpoint.MultiTaskCheckpointFile;
import io.physiowave.training.checkpoint.PretrainingRun;
import io.physiowave.training.checkpoint.PretrainingRunJson;
import io.physiowave.training.export.PretrainingEntry;
import io.physiowave.training.model.ModelConfigJson;
import io.physiowave.training.model.ModelWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a checkpoint says of itself, as lines for a person to read. */
final class CheckpointText {
  private CheckpointText() {}

  /** Lines by their heading; a heading may have several. */
  static Map<String, List<String>> of(Path file) throws IOException {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    if (FusedCheckpointFile.isOne(file)) {
      FusedCheckpoint fused = FusedCheckpointFile.read(file);
      add(lines, "task", fused.head().task().publishedName() + " on " + fused.signals().keySet());
      addWeights(lines, fused.weights());
      for (String signal : fused.signals().keySet()) {
        byte[] section = fused.sections().get(FusedCheckpoint.pretrainingSection(signal));
        addPretraining(
            lines, section == null ? Map.of() : Map.of(PretrainingRunJson.SECTION, section), file);
      }
    } else if (MultiTaskCheckpointFile.isOne(file)) {
      MultiTaskCheckpoint several = MultiTaskCheckpointFile.read(file);
      add(lines, "tasks", String.join(", ", several.tasks().tasks().keySet()));
      addWeights(lines, several.weights());
      add(lines, "model", ModelConfigJson.writeTree(several.config()).toString());
      addPretraining(lines, several.sections(), file);
    } else {
      Checkpoint checkpoint = CheckpointFile.read(file);
      add(lines, "task", checkpoint.config().task().publishedName());
      addWeights(lines, checkpoint.weights());
      add(lines, "model", ModelConfigJson.writeTree(checkpoint.config()).toString());
      addPretraining(lines, checkpoint.sections(), file);
    }
    return lines;
  }

  private static void addWeights(Map<String, List<String>> lines, ModelWeights weights) {
    add(
        lines,
        "weights",
        weights.valueCount() + " values in " + weights.names().size() + " parameters");
  }

  private static void addPretraining(
      Map<String, List<String>> lines, Map<String, byte[]> sections, Path file) throws IOException {
    Optional<PretrainingRun> run = PretrainingRunJson.read(sections, file);
    if (run.isEmpty()) {
      add(lines, "pretrained", "not recorded");
      return;
    }
    PretrainingEntry.dataSets(run.get())
        .forEach(data -> add(lines, "data", PretrainingEntry.dataLine(data)));
    add(lines, "pretrained", PretrainingEntry.line(run.get()));
  }

  private static void add(Map<String, List<String>> lines, String heading, String text) {
    lines.computeIfAbsent(heading, key -> new ArrayList<>()).add(text);
  }
}
