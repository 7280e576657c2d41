package io.physiowave.training.command;

import io.physiowave.core.card.Decision;
import io.physiowave.training.checkpoint.Checkpoint;
import io.physiowave.training.checkpoint.PretrainingRun;
import io.physiowave.training.checkpoint.PretrainingRunJson;
import io.physiowave.training.dataset.DatasetDescription;
import io.physiowave.training.dataset.DatasetDescriptionJson;
import io.physiowave.training.dataset.FileHash;
import io.physiowave.training.finetune.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a card can say of a pretrained checkpoint, which has no training run beside it: the data set
 * that its windows are compared on, and how it was trained when the checkpoint knows.
 */
final class PretrainedRun {
  private static final String UNKNOWN = "not recorded";

  private PretrainedRun() {}

  /**
   * A run of what is known.
   *
   * @param data HDF5 file with its description beside it; null is refused
   * @throws IOException when there is no data file, or no description beside it
   */
  static TrainingRun of(Path checkpoint, Checkpoint trained, Path data) throws IOException {
    if (data == null) {
      throw new IOException(
          checkpoint
              + ": no "
              + TrainingRun.FILE_NAME
              + " beside it; name a file of the data it was pretrained on with --data");
    }
    Path beside = data.toAbsolutePath().resolveSibling(DatasetDescription.FILE_NAME);
    if (!Files.exists(beside)) {
      throw new IOException(
          beside + ": no such file; the card needs what 'prepare' writes beside the HDF5 files");
    }
    DatasetDescription dataset = DatasetDescriptionJson.read(beside);
    Optional<PretrainingRun> known = PretrainingRunJson.read(trained.sections(), checkpoint);
    return new TrainingRun(
        Map.of("checkpoint", checkpoint.toString()),
        dataset,
        Map.of(data.toString(), FileHash.sha256(data)),
        known.stream().toList(),
        List.of(),
        List.of(),
        known.map(PretrainingRun::seed).orElse(0L),
        known.map(PretrainingRun::epoch).orElse(0),
        known
            .map(run -> run.figures().containsKey("val_loss") ? "val_loss" : "train_loss")
            .orElse(UNKNOWN),
        trained.weights().valueCount(),
        List.of(),
        Decision.ARG_MAX,
        known.map(PretrainingRun::codeVersion).orElse(UNKNOWN),
        known.map(PretrainingRun::engine).orElse(UNKNOWN),
        known.map(PretrainingRun::date).orElseGet(() -> LocalDate.now(ZoneOffset.UTC).toString()));
  }
}
