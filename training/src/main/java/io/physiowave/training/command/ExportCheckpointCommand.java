package io.physiowave.training.command;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.physiowave.training.checkpoint.Checkpoint;
import io.physiowave.training.checkpoint.CheckpointFile;
import io.physiowave.training.checkpoint.TorchFile;
import io.physiowave.training.model.ModelConfigJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a checkpoint as a file for {@code torch.load}. */
@Command(
    name = "export-checkpoint",
    description = "Write a checkpoint's weights as a .pth file that torch.load reads.")
public final class ExportCheckpointCommand implements Callable<Integer> {
  /** What the file holds at its top. */
  public enum Layout {
    /** The state dict itself. */
    STATE_DICT,
    /** A dictionary with model_state_dict and args, as the published scripts write. */
    CHECKPOINT
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "CHECKPOINT", description = "The checkpoint, such as best_model.pwck.")
  private Path source;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description = "The .pth file to write.")
  private Path output;

  @Option(
      names = "--layout",
      defaultValue = "CHECKPOINT",
      description =
          "What the file holds: ${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}: with"
              + " model_state_dict and args, as the published scripts write).")
  private Layout layout;

  @Override
  public Integer call() throws IOException {
    OutputPlace.require(spec, output, source);
    Checkpoint checkpoint = CheckpointFile.read(source);
    if (layout == Layout.STATE_DICT) {
      TorchFile.writeStateDict(output, checkpoint.weights());
    } else {
      TorchFile.writeCheckpoint(output, checkpoint.weights(), arguments(checkpoint));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println("wrote " + output + ": " + checkpoint.weights().names().size() + " parameters");
    out.flush();
    return 0;
  }

  private static Map<String, Object> arguments(Checkpoint checkpoint) {
    return JsonMapper.builder()
        .build()
        .convertValue(
            ModelConfigJson.writeTree(checkpoint.config()),
            new TypeReference<Map<String, Object>>() {});
  }
}
