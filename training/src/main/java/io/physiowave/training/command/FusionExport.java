package io.physiowave.training.command;

import io.physiowave.training.checkpoint.FusedCheckpoint;
import io.physiowave.training.checkpoint.FusedCheckpointFile;
import io.physiowave.training.dataset.DatasetDescription;
import io.physiowave.training.dataset.DatasetDescriptionJson;
import io.physiowave.training.export.CardAssembly;
import io.physiowave.training.export.CheckWindows;
import io.physiowave.training.export.ExportSubject;
import io.physiowave.training.export.FusionParts;
import io.physiowave.training.export.FusionSubject;
import io.physiowave.training.export.GraphStyle;
import io.physiowave.training.export.ModelExport;
import io.physiowave.training.finetune.TrainingRun;
import io.physiowave.training.measure.OutputTask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Exports a fusion of several signals. */
final class FusionExport {
  private final FusedCheckpoint checkpoint;
  private final Path source;
  private final TrainingRun run;
  private final GraphStyle style;

  private FusionExport(FusedCheckpoint checkpoint, Path source, TrainingRun run, GraphStyle style) {
    this.checkpoint = checkpoint;
    this.source = source;
    this.run = run;
    this.style = style;
  }

  /**
   * Opens a checkpoint.
   *
   * @param run that it comes from
   * @throws IOException when it cannot be read
   */
  static FusionExport open(Path checkpoint, TrainingRun run, GraphStyle style) throws IOException {
    return new FusionExport(FusedCheckpointFile.read(checkpoint), checkpoint, run, style);
  }

  /**
   * Compares windows and writes model and card.
   *
   * @param data a file of each signal; windows of the same place belong together
   * @param calibration labelled files of each signal, for a lower precision
   * @param most windows to compare
   */
  ModelExport.Result write(
      SignalFiles data, SignalFiles calibration, int most, CardAssembly cards, Path output)
      throws IOException {
    CheckWindows windows = windows(data, most);
    FusionParts parts = parts();
    Map<String, DatasetDescription> datasets = datasets();
    try (ExportSubject subject = new FusionSubject(parts)) {
      return new ModelExport(subject, style)
          .write(
              windows,
              new PrecisionComparison(
                  calibration,
                  "--calibration",
                  List.of(OutputTask.only(checkpoint.head().task(), run.labels())),
                  List.of(run.decision()),
                  style.precision()),
              facts -> cards.fusionEntry(parts, datasets, run, facts),
              output);
    }
  }

  private CheckWindows windows(SignalFiles data, int most) throws IOException {
    CheckWindows all = null;
    for (Map.Entry<String, FusedCheckpoint.Signal> entry : checkpoint.signals().entrySet()) {
      FusedCheckpoint.Signal signal = entry.getValue();
      CheckWindows own =
          CheckWindows.spread(
                  data.of(entry.getKey(), checkpoint.signals().keySet(), "--data").get(0),
                  signal.config().inputRows(),
                  signal.windowSamples(),
                  most)
              .named(entry.getKey());
      all = all == null ? own : all.beside(own);
    }
    return all;
  }

  private FusionParts parts() {
    Map<String, FusionParts.Signal> signals = new LinkedHashMap<>();
    checkpoint
        .signals()
        .forEach(
            (name, signal) ->
                signals.put(
                    name,
                    new FusionParts.Signal(
                        signal.config(), checkpoint.encoder(name), signal.windowSamples())));
    return new FusionParts(signals, checkpoint.head(), checkpoint.fusion());
  }

  private Map<String, DatasetDescription> datasets() {
    Map<String, DatasetDescription> datasets = new LinkedHashMap<>();
    for (String name : checkpoint.signals().keySet()) {
      String section = FusedCheckpoint.datasetSection(name);
      byte[] json = checkpoint.sections().get(section);
      if (json != null) {
        datasets.put(
            name,
            DatasetDescriptionJson.read(
                new String(json, StandardCharsets.UTF_8), source + ": " + section));
      }
    }
    return datasets;
  }
}
