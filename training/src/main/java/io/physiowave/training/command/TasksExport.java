package io.physiowave.training.command;

import io.physiowave.training.checkpoint.MultiTaskCheckpoint;
import io.physiowave.training.checkpoint.MultiTaskCheckpointFile;
import io.physiowave.training.dataset.WindowSet;
import io.physiowave.training.export.CardAssembly;
import io.physiowave.training.export.CheckWindows;
import io.physiowave.training.export.ExportSubject;
import io.physiowave.training.export.GraphStyle;
import io.physiowave.training.export.ModelExport;
import io.physiowave.training.export.TasksSubject;
import io.physiowave.training.finetune.TaskRun;
import io.physiowave.training.finetune.TrainingRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Exports a model of several tasks. */
final class TasksExport {
  private final MultiTaskCheckpoint checkpoint;
  private final TrainingRun run;
  private final GraphStyle style;

  private TasksExport(MultiTaskCheckpoint checkpoint, TrainingRun run, GraphStyle style) {
    this.checkpoint = checkpoint;
    this.run = run;
    this.style = style;
  }

  /**
   * Opens a checkpoint.
   *
   * @param run that it comes from
   * @throws IOException when it cannot be read
   */
  static TasksExport open(Path checkpoint, TrainingRun run, GraphStyle style) throws IOException {
    return new TasksExport(MultiTaskCheckpointFile.read(checkpoint), run, style);
  }

  /**
   * Compares windows and writes model and card.
   *
   * @param data whose windows are compared
   * @param calibration labelled files, for a lower precision
   * @param most windows to compare
   */
  ModelExport.Result write(
      Path data, SignalFiles calibration, int most, CardAssembly cards, Path output)
      throws IOException {
    int samples = samples(data);
    CheckWindows windows =
        CheckWindows.spread(data, checkpoint.config().inputRows(), samples, most);
    try (ExportSubject subject = new TasksSubject(checkpoint, samples)) {
      return new ModelExport(subject, style)
          .write(
              windows,
              new PrecisionComparison(
                  calibration,
                  "--calibration",
                  TaskRun.outputs(run.tasks()),
                  run.tasks().stream().map(TaskRun::decision).toList(),
                  style.precision()),
              facts -> cards.tasksEntry(checkpoint.config(), samples, run, facts),
              output);
    }
  }

  /** Of a window; those of the file where nothing describes it. */
  private int samples(Path data) throws IOException {
    if (run.description().isPresent()) {
      return run.description().get().windowing().windowSamples();
    }
    try (WindowSet windows = WindowSet.open(List.of(data))) {
      return windows.samples();
    }
  }
}
