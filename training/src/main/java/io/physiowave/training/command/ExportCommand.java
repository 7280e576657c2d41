package io.physiowave.training.command;

import io.physiowave.training.checkpoint.Checkpoint;
import io.physiowave.training.checkpoint.CheckpointFile;
import io.physiowave.training.dataset.DatasetDescription;
import io.physiowave.training.export.CardAssembly;
import io.physiowave.training.export.CheckWindows;
import io.physiowave.training.export.ModelExport;
import io.physiowave.training.export.ModelFiles;
import io.physiowave.training.finetune.TrainingRun;
import io.physiowave.training.finetune.TrainingRunJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes a fine-tuned model as ONNX with its card. */
@Command(
    name = "export",
    description = {
      "Write a fine-tuned model as ONNX (opset 21) with its card.",
      "",
      "Both engines answer windows of the training run's data, and the largest difference between their logits is"
          + " printed and put on the card. Above 1e-4 the export is refused and nothing is written."
    })
public final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--checkpoint",
      required = true,
      paramLabel = "FILE",
      description =
          "The fine-tuned weights, with training_run.json beside them as 'finetune' leaves them.")
  private Path checkpoint;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description =
          "The ONNX file to write, e.g. models/ecg-beats.onnx; the card goes beside it as"
              + " models/ecg-beats.card.json.")
  private Path output;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The model's name. Default: the output file's name without .onnx.")
  private String name;

  @Option(
      names = {"--model-version", "--model_version"},
      paramLabel = "VERSION",
      defaultValue = "1.0.0",
      description = "The model's version. Default: ${DEFAULT-VALUE}.")
  private String version;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description =
          "HDF5 file whose windows are compared. Default: the validation file of the training run,"
              + " else its first training file.")
  private Path data;

  @Option(
      names = "--windows",
      paramLabel = "N",
      defaultValue = "256",
      description = "Windows to compare, spread over the file. Default: ${DEFAULT-VALUE}.")
  private int windows;

  @Option(
      names = "--fused",
      description =
          "Use ONNX Runtime's own attention and rotation operators (com.microsoft): faster, but"
              + " only ONNX Runtime reads the file. Default: standard operators.")
  private boolean fused;

  @Override
  public Integer call() throws IOException {
    if (windows < 1) {
      throw new ParameterException(
          spec.commandLine(), "--windows is " + windows + "; expected 1 or more");
    }
    Path card = ModelFiles.cardBeside(output);
    Checkpoint trained = CheckpointFile.read(checkpoint);
    TrainingRun run = run();
    CardAssembly cards = new CardAssembly(name == null ? stem() : name, version);
    int samples = cards.assemble(trained.config(), run, 0).windowSamples();
    Path checked = data == null ? dataOf(run) : data;
    CheckWindows compared =
        CheckWindows.spread(checked, trained.config().inputRows(), samples, windows);
    ModelExport.Result result =
        new ModelExport(trained.config(), trained.weights(), run, fused)
            .write(cards, compared.values(), compared.count(), output);
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "largest difference between libtorch and ONNX Runtime: %.2e on %d windows of %s%n",
        result.card().exportDifference(),
        compared.count(),
        checked);
    out.printf(Locale.ROOT, "wrote %s (%d bytes) and %s%n", output, result.bytes(), card);
    out.flush();
    return 0;
  }

  private TrainingRun run() throws IOException {
    Path file = checkpoint.resolveSibling(TrainingRun.FILE_NAME);
    if (!Files.exists(file)) {
      throw new IOException(
          file
              + ": no such file; the card is made from it, so export the checkpoint from the folder"
              + " in which 'finetune' wrote it");
    }
    return TrainingRunJson.read(file);
  }

  private String stem() {
    String file = output.getFileName().toString();
    return file.substring(0, file.lastIndexOf('.'));
  }

  /** The validation file where one was named by 'prepare', otherwise whatever was read first. */
  private static Path dataOf(TrainingRun run) throws IOException {
    List<Path> files = run.dataFiles().keySet().stream().map(Path::of).toList();
    String validation =
        run.description()
            .map(DatasetDescription::files)
            .map(parts -> parts.get("val"))
            .map(DatasetDescription.Part::file)
            .orElse("");
    for (Path file : files) {
      if (file.getFileName().toString().equals(validation) && Files.exists(file)) {
        return file;
      }
    }
    for (Path file : files) {
      if (Files.exists(file)) {
        return file;
      }
    }
    throw new IOException(
        "none of the training run's files " + files + " is there any more; name one with --data");
  }
}
