package io.physiowave.training.command;

import io.physiowave.connectors.command.ProjectVersion;
import io.physiowave.training.checkpoint.Checkpoint;
import io.physiowave.training.checkpoint.CheckpointFile;
import io.physiowave.training.checkpoint.PretrainingRun;
import io.physiowave.training.checkpoint.PretrainingRunJson;
import io.physiowave.training.dataset.DatasetDescription;
import io.physiowave.training.dataset.DatasetDescriptionJson;
import io.physiowave.training.dataset.FileHash;
import io.physiowave.training.dataset.WindowSet;
import io.physiowave.training.pretrain.PretrainOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts down how an encoder is pretrained: at the start all but the hashes of large files. */
final class PretrainingRecord {
  private PretrainingRecord() {}

  /** What is known before the first epoch. */
  static PretrainingRun begin(
      PretrainOptions options, WindowSet training, Optional<WindowSet> validation)
      throws IOException {
    List<PretrainingRun.DataFile> files = new ArrayList<>(files("training", training));
    if (validation.isPresent()) {
      files.addAll(files("validation", validation.get()));
    }
    return new PretrainingRun(
        files,
        options.configuration(),
        options.seed(),
        options.epochs(),
        0,
        Map.of(),
        ProjectVersion.current(),
        options.device().describe(),
        LocalDate.now(ZoneOffset.UTC).toString());
  }

  private static List<PretrainingRun.DataFile> files(String part, WindowSet windows)
      throws IOException {
    List<PretrainingRun.DataFile> files = new ArrayList<>();
    for (Map.Entry<Path, Integer> file : windows.sizes().entrySet()) {
      Path path = file.getKey();
      Path beside = path.toAbsolutePath().resolveSibling(DatasetDescription.FILE_NAME);
      Optional<DatasetDescription.Source> source =
          Files.exists(beside)
              ? Optional.of(DatasetDescriptionJson.read(beside).source())
              : Optional.empty();
      files.add(
          new PretrainingRun.DataFile(
              part,
              path.toString(),
              source.map(DatasetDescription.Source::id).orElse(""),
              source.map(DatasetDescription.Source::licence).orElse(""),
              file.getValue(),
              ""));
    }
    return files;
  }

  /** Adds the hashes to a checkpoint once training has ended; done twice it changes nothing. */
  static void complete(Path best) throws IOException {
    Checkpoint checkpoint = CheckpointFile.read(best);
    Optional<PretrainingRun> begun = PretrainingRunJson.read(checkpoint.sections(), best);
    if (begun.isEmpty()) {
      return;
    }
    List<PretrainingRun.DataFile> files = new ArrayList<>();
    for (PretrainingRun.DataFile file : begun.get().files()) {
      files.add(file.hashed(FileHash.sha256(Path.of(file.path()))));
    }
    Map<String, byte[]> sections = new LinkedHashMap<>(checkpoint.sections());
    sections.putAll(PretrainingRunJson.sections(Optional.of(begun.get().withFiles(files))));
    CheckpointFile.write(best, new Checkpoint(checkpoint.config(), checkpoint.weights(), sections));
  }
}
