package io.physiowave.training.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.physiowave.core.card.ModelCard;
import io.physiowave.core.card.ModelCardJson;
import io.physiowave.training.dataset.FileHash;
import io.physiowave.training.export.CardText;
import io.physiowave.training.export.OnnxModel;
import io.physiowave.training.export.TasksCard;
import io.physiowave.training.finetune.TaskRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what an exported model or a checkpoint says of itself. */
@Command(
    name = "inspect",
    description = "Print an exported model's card, inputs and outputs, or what a checkpoint holds.")
public final class InspectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "MODEL",
      description = "The ONNX file, e.g. models/ecg-beats.onnx, or a checkpoint.")
  private Path file;

  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + ": is a directory; expected a model or a checkpoint");
    }
    byte[] bytes = Files.readAllBytes(file);
    String sha256 = FileHash.sha256(bytes);
    PrintWriter out = spec.commandLine().getOut();
    if (!file.toString().endsWith(".onnx")) {
      checkpoint(out, bytes.length, sha256);
      return 0;
    }
    try (OnnxModel model = OnnxModel.load(bytes, file.toString(), 1)) {
      Optional<ModelCard> card = model.card();
      if (json) {
        out.println(object(bytes.length, sha256, model, card));
      } else {
        text(out, bytes.length, sha256, model, card);
      }
    }
    out.flush();
    return 0;
  }

  private void checkpoint(PrintWriter out, int size, String sha256) throws IOException {
    Map<String, List<String>> lines = CheckpointText.of(file);
    if (json) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("file", file.toString());
      object.put("bytes", size);
      object.put("sha256", sha256);
      object.putAll(lines);
      JsonMapper mapper = JsonMapper.builder().build();
      out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(object));
    } else {
      out.printf("file           %s, %d bytes%n", file, size);
      out.printf("sha256         %s%n", sha256);
      lines.forEach((name, texts) -> texts.forEach(text -> out.printf("%-14s %s%n", name, text)));
    }
    out.flush();
  }

  private void text(
      PrintWriter out, int size, String sha256, OnnxModel model, Optional<ModelCard> card)
      throws IOException {
    out.printf("file           %s, %d bytes%n", file, size);
    out.printf("sha256         %s%n", sha256);
    for (Map.Entry<String, long[]> input : model.inputs().entrySet()) {
      out.printf("input          %s%n", named(input));
    }
    for (Map.Entry<String, long[]> output : model.outputs().entrySet()) {
      out.printf("output         %s%n", named(output));
    }
    Optional<String> tasks = model.metadata(ModelCard.TASKS_METADATA_KEY);
    if (tasks.isPresent()) {
      for (TaskRun task : TasksCard.tasks(tasks.get(), file.toString())) {
        out.printf("task           %s (%s): %s%n", task.name(), task.task(), task.labels());
      }
      out.printf("card           of several tasks; the job serves models of one and refuses it%n");
    } else if (card.isEmpty()) {
      out.printf(
          "card           none: the metadata has no %s, so the job refuses this model%n",
          ModelCard.METADATA_KEY);
    } else {
      out.print(CardText.of(card.get()));
    }
  }

  private static String named(Map.Entry<String, long[]> tensor) {
    long[] axes = tensor.getValue();
    List<String> shape = new ArrayList<>();
    for (int axis = 0; axis < axes.length; axis++) {
      shape.add(axes[axis] >= 0 ? String.valueOf(axes[axis]) : axis == 0 ? "batch" : "any");
    }
    return tensor.getKey() + " float32 " + shape;
  }

  private String object(int size, String sha256, OnnxModel model, Optional<ModelCard> card)
      throws IOException {
    ObjectMapper mapper = JsonMapper.builder().build();
    ObjectNode object = mapper.createObjectNode();
    object.put("file", file.toString());
    object.put("bytes", size);
    object.put("sha256", sha256);
    object.set("inputs", mapper.valueToTree(model.inputs()));
    object.set("outputs", mapper.valueToTree(model.outputs()));
    Optional<String> tasks = model.metadata(ModelCard.TASKS_METADATA_KEY);
    Optional<String> text = tasks.or(() -> card.map(ModelCardJson::write));
    object.set("card", text.isEmpty() ? null : mapper.readTree(text.get()));
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(object);
  }
}
