package io.physiowave.training.command;

import io.physiowave.core.card.Evaluation;
import io.physiowave.training.checkpoint.Checkpoint;
import io.physiowave.training.checkpoint.CheckpointFile;
import io.physiowave.training.checkpoint.FusedCheckpointFile;
import io.physiowave.training.checkpoint.MultiTaskCheckpointFile;
import io.physiowave.training.dataset.DatasetDescription;
import io.physiowave.training.evaluate.TrainedModel;
import io.physiowave.training.export.CardAssembly;
import io.physiowave.training.export.CheckWindows;
import io.physiowave.training.export.ExportFacts;
import io.physiowave.training.export.ExportKind;
import io.physiowave.training.export.ExportSubject;
import io.physiowave.training.export.GraphStyle;
import io.physiowave.training.export.ModelExport;
import io.physiowave.training.export.ModelFiles;
import io.physiowave.training.export.ModelSubject;
import io.physiowave.training.export.Precision;
import io.physiowave.training.finetune.TrainingRun;
import io.physiowave.training.finetune.TrainingRunJson;
import io.physiowave.training.measure.OutputTask;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes a trained model as ONNX with its card. */
@Command(
    name = "export",
    description = {
      "Write a trained model as ONNX (opset 21) with its card.",
      "",
      "Both engines answer windows of the training run's data, and the largest difference between their answers is"
          + " printed and put on the card. In fp32 an export that differs by more than 1e-4 is refused and nothing is"
          + " written; in fp16 and int8 also what the precision costs on a labelled file is printed and put on the card."
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
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "HDF5 file whose windows are compared; for a fusion SIGNAL=FILE of each signal. Default:"
              + " the validation file of the training run, else its first training file.")
  private List<String> data;

  @Option(
      names = "--windows",
      paramLabel = "N",
      defaultValue = "256",
      description = "Windows to compare, spread over the file. Default: ${DEFAULT-VALUE}.")
  private int windows;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      defaultValue = "classifier",
      description =
          "classifier: a window's labels, one or several; or encoder: its features, of a fine-tuned"
              + " or a pretrained model. A fused checkpoint or one of several tasks is exported"
              + " whole, whatever it says."
              + " Default: ${DEFAULT-VALUE}.")
  private String kind;

  @Option(
      names = "--precision",
      paramLabel = "PRECISION",
      defaultValue = "fp32",
      description =
          "fp32; fp16: half the size, for GPUs; int8: integer products in the transformer, a"
              + " quarter of its size and faster on processors with VNNI. Inputs and outputs are"
              + " always float32. Default: ${DEFAULT-VALUE}.")
  private String precision;

  @Option(
      names = "--calibration",
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "Labelled HDF5 files on which a lower precision is compared with fp32; for a fusion"
              + " SIGNAL=FILE of each signal. Default: the file of --data.")
  private List<String> calibration;

  @Option(
      names = "--fused",
      description =
          "Use ONNX Runtime's own attention and rotation operators (com.microsoft): faster, but"
              + " only ONNX Runtime reads the file. Default: standard operators.")
  private boolean fused;

  @Mixin private CardFlags said;

  @Override
  public Integer call() throws IOException {
    if (windows < 1) {
      throw new ParameterException(
          spec.commandLine(), "--windows is " + windows + "; expected 1 or more");
    }
    Path card = ModelFiles.cardBeside(output);
    ExportKind exported = kind();
    GraphStyle style = new GraphStyle(fused, precision());
    if (FusedCheckpointFile.isOne(checkpoint)) {
      said.requireNone("a fusion");
      return fusion(style, card);
    }
    if (MultiTaskCheckpointFile.isOne(checkpoint)) {
      said.requireNone("a model of several tasks");
      return tasks(style, card);
    }
    if (exported == ExportKind.ENCODER) {
      said.requireNone("an encoder");
    }
    Checkpoint trained = CheckpointFile.read(checkpoint);
    TrainingRun run = run(exported, trained);
    CardAssembly cards =
        new CardAssembly(
            name == null ? stem() : name, version, said.rules(), said.labelNames(run.labels()));
    int samples = cards.windowSamples(run);
    Path checked = file().isPresent() ? file().get() : dataOf(run);
    CheckWindows compared =
        CheckWindows.spread(checked, trained.config().inputRows(), samples, windows);
    ModelExport.Result result;
    try (ExportSubject subject =
        new ModelSubject(exported, trained.config(), trained.weights(), samples)) {
      result =
          new ModelExport(subject, style)
              .write(
                  compared,
                  comparison(exported, trained, run, SignalFiles.ofOnly(checked)),
                  facts -> cards.entry(trained.config(), run, facts),
                  output);
    }
    print(result, checked.toString(), card);
    return 0;
  }

  private int fusion(GraphStyle style, Path card) throws IOException {
    SignalFiles files = SignalFiles.of(data);
    ModelExport.Result result =
        FusionExport.open(checkpoint, TrainingRunJson.read(requiredRun()), style)
            .write(
                files,
                calibration(files),
                windows,
                new CardAssembly(name == null ? stem() : name, version),
                output);
    print(result, files.describe(), card);
    return 0;
  }

  private int tasks(GraphStyle style, Path card) throws IOException {
    TrainingRun run = TrainingRunJson.read(requiredRun());
    Path checked = file().isPresent() ? file().get() : dataOf(run);
    ModelExport.Result result =
        TasksExport.open(checkpoint, run, style)
            .write(
                checked,
                calibration(SignalFiles.ofOnly(checked)),
                windows,
                new CardAssembly(name == null ? stem() : name, version),
                output);
    print(result, checked.toString(), card);
    return 0;
  }

  private Optional<Path> file() {
    return data == null
        ? Optional.empty()
        : Optional.of(
            SignalFiles.of(data)
                .of(TrainedModel.ONLY, List.of(TrainedModel.ONLY), "--data")
                .get(0));
  }

  private ModelExport.Comparison comparison(
      ExportKind exported, Checkpoint trained, TrainingRun run, SignalFiles checked) {
    return exported == ExportKind.ENCODER
        ? (exact, reduced) -> List.of()
        : new PrecisionComparison(
            calibration(checked),
            "--calibration",
            List.of(OutputTask.only(trained.config().task(), run.labels())),
            List.of(run.decision()),
            precision());
  }

  private SignalFiles calibration(SignalFiles checked) {
    return calibration == null ? checked : SignalFiles.of(calibration);
  }

  private void print(ModelExport.Result result, String checked, Path card) {
    PrintWriter out = spec.commandLine().getOut();
    ExportFacts facts = result.facts();
    facts
        .differences()
        .forEach(
            (compared, difference) ->
                out.printf(
                    Locale.ROOT,
                    "largest difference of the %s between libtorch and ONNX Runtime: %.2e on %d"
                        + " windows of %s (largest value %.3g)%n",
                    compared,
                    difference.largest(),
                    result.windows(),
                    checked,
                    difference.magnitude()));
    for (Evaluation comparison : facts.comparison()) {
      out.printf("%s, on %s%n", comparison.data(), comparison.split());
      new TreeMap<>(comparison.values())
          .forEach((figure, value) -> out.printf(Locale.ROOT, "  %-34s %.4f%n", figure, value));
    }
    out.printf(Locale.ROOT, "wrote %s (%d bytes) and %s%n", output, result.bytes(), card);
    out.flush();
  }

  private ExportKind kind() {
    for (ExportKind one : List.of(ExportKind.CLASSIFIER, ExportKind.ENCODER)) {
      if (one.text().equals(kind)) {
        return one;
      }
    }
    throw new ParameterException(
        spec.commandLine(), "--kind is '" + kind + "'; expected classifier or encoder");
  }

  private Precision precision() {
    try {
      return Precision.of(precision);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--precision: " + e.getMessage(), e);
    }
  }

  private TrainingRun run(ExportKind exported, Checkpoint trained) throws IOException {
    Path file = checkpoint.resolveSibling(TrainingRun.FILE_NAME);
    return exported == ExportKind.ENCODER && !Files.exists(file)
        ? PretrainedRun.of(checkpoint, trained, file().orElse(null))
        : TrainingRunJson.read(requiredRun());
  }

  private Path requiredRun() throws IOException {
    Path file = checkpoint.resolveSibling(TrainingRun.FILE_NAME);
    if (Files.exists(file)) {
      return file;
    }
    throw new IOException(
        file
            + ": no such file; the card is made from it, so export the checkpoint from the folder"
            + " in which 'finetune' wrote it");
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
