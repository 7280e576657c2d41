package io.physiowave.training.command;

import io.physiowave.training.checkpoint.Checkpoint;
import io.physiowave.training.checkpoint.CheckpointFile;
import io.physiowave.training.checkpoint.PublishedCheckpoint;
import io.physiowave.training.checkpoint.PublishedConfig;
import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.ModelWeights;
import io.physiowave.training.model.PhysioWaveModel;
import io.physiowave.training.model.WeightMatch;
import io.physiowave.training.model.WeightTensor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Turns a published {@code .pth} file into a checkpoint of this project. */
@Command(
    name = "import-checkpoint",
    description = {
      "Read a .pth file without running anything in it, and write it as a checkpoint.",
      "Sizes come from the weights' shapes, the rest from the arguments in the file."
    })
public final class ImportCheckpointCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE.pth", description = "The file that torch.save wrote.")
  private Path source;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "The checkpoint to write (default: beside the source, ending in .pwck).")
  private Path output;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description =
          "A model argument that the file lacks or has wrong, such as num_heads=6, pooling=max or"
              + " task=multilabel; may be repeated.")
  private Map<String, String> known = new LinkedHashMap<>();

  @Option(names = "--seed", defaultValue = "42", description = "Of parameters that are missing.")
  private long seed;

  @Override
  public Integer call() throws IOException {
    Path target = output == null ? beside(source) : output;
    OutputPlace.require(spec, target, source);
    PublishedCheckpoint published = PublishedCheckpoint.read(source);
    requireFinite(published.weights());
    ModelConfig config = PublishedConfig.of(source, published, known);
    PrintWriter out = spec.commandLine().getOut();
    try (PhysioWaveModel model = PhysioWaveModel.create(config, seed)) {
      WeightMatch match = model.loadMatching(published.weights());
      report(out, published, match);
      CheckpointFile.write(target, new Checkpoint(config, model.weights()));
    }
    out.println("wrote " + target);
    out.flush();
    return 0;
  }

  private void requireFinite(ModelWeights weights) throws IOException {
    for (Map.Entry<String, WeightTensor> entry : weights.tensors().entrySet()) {
      float[] values = entry.getValue().values();
      for (int i = 0; i < values.length; i++) {
        if (!Float.isFinite(values[i])) {
          throw new IOException(
              source
                  + ": value "
                  + i
                  + " of "
                  + entry.getKey()
                  + " is "
                  + values[i]
                  + "; expected finite weights, so take a checkpoint from before they were lost");
        }
      }
    }
  }

  private void report(PrintWriter out, PublishedCheckpoint published, WeightMatch match) {
    if (!published.figures().isEmpty()) {
      out.println("figures     " + published.figures());
    }
    out.println("parameters  " + published.weights().valueCount() + " values");
    out.println("matched     " + match.matched().size());
    list(out, "reshaped    ", match.reshaped());
    list(out, "mismatched  ", match.mismatched());
    list(out, "missing     ", match.missing());
    list(out, "not taken   ", match.unknown());
  }

  private static void list(PrintWriter out, String title, List<String> names) {
    out.println(title + names.size());
    names.forEach(name -> out.println("  " + name));
  }

  private static Path beside(Path source) {
    String name = source.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return source.resolveSibling(
        (dot > 0 ? name.substring(0, dot) : name) + CheckpointFile.EXTENSION);
  }
}
