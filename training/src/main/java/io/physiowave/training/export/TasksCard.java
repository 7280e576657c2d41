package io.physiowave.training.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.physiowave.core.card.Decision;
import io.physiowave.core.card.Evaluation;
import io.physiowave.core.card.ModelCard;
import io.physiowave.core.card.ModelChannel;
import io.physiowave.core.card.Provenance;
import io.physiowave.core.card.Windowing;
import io.physiowave.core.dsp.FilterSpecification;
import io.physiowave.core.frame.Modality;
import io.physiowave.training.dataset.DatasetDescription;
import io.physiowave.training.finetune.TaskRun;
import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.ModelConfigJson;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a model of several tasks answers and eats; in the ONNX file's metadata under {@link
 * ModelCard#TASKS_METADATA_KEY}. A {@link ModelCard} tells of one decision a window only.
 *
 * @param schema version of this form
 * @param name the model's name
 * @param version the model's version
 * @param tasks in the order of the graph's outputs
 * @param input what it reads
 * @param opset ONNX opset of the graph
 * @param exportDifference largest absolute difference of a logit of any task to the training engine
 * @param provenance where it comes from
 * @param evaluations figures of each task with the split they were measured on
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TasksCard(
    int schema,
    String name,
    String version,
    List<Task> tasks,
    Input input,
    int opset,
    double exportDifference,
    Provenance provenance,
    List<Evaluation> evaluations) {
  /** Copies the lists. */
  public TasksCard {
    tasks = List.copyOf(tasks);
    evaluations = List.copyOf(evaluations);
  }

  /**
   * One task.
   *
   * @param name of the task; the graph's outputs are {@code NAME_probabilities} and {@code
   *     NAME_logits}
   * @param task {@code classification} or {@code multilabel}
   * @param labels names in the order of the outputs
   * @param decision how probabilities become labels
   * @param exportDifference largest absolute difference of a logit to the training engine
   */
  public record Task(
      String name, String task, List<String> labels, Decision decision, double exportDifference) {

    static Task of(TaskRun run, Map<String, ExportCheck.Difference> differences) {
      return new Task(
          run.name(),
          run.task(),
          run.labels(),
          run.decision(),
          differences.get(run.name() + OnnxExporter.LOGITS).largest());
    }
  }

  /**
   * The input; all from {@code modality} on are null when the data set was not described.
   *
   * @param name of the graph's input, {@code [batch, rows, samples]}
   * @param rows of the input
   * @param samples of a window
   * @param normalisation what the graph does to the raw window
   * @param modality kind of signal
   * @param channels signal rows in order
   * @param unit of the input
   * @param sampleRateHz of the input, Hz
   * @param windowing how windows are cut
   * @param filters applied before
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Input(
      String name,
      int rows,
      int samples,
      Map<String, Object> normalisation,
      Modality modality,
      List<ModelChannel> channels,
      String unit,
      Double sampleRateHz,
      Windowing windowing,
      List<FilterSpecification> filters) {

    static Input of(ModelConfig config, int samples, Optional<DatasetDescription> dataset) {
      return new Input(
          OnnxExporter.WINDOW,
          config.inputRows(),
          samples,
          ModelConfigJson.normalisation(config),
          dataset.map(DatasetDescription::modality).orElse(null),
          dataset.map(DatasetDescription::channels).orElse(null),
          dataset.map(DatasetDescription::unit).orElse(null),
          dataset.map(DatasetDescription::sampleRateHz).orElse(null),
          dataset.map(DatasetDescription::windowing).orElse(null),
          dataset.map(DatasetDescription::filters).orElse(null));
    }
  }

  /**
   * The tasks that a card names.
   *
   * @param json a card of this form
   * @param source where it comes from, for the message
   * @throws IOException when it is none
   */
  public static List<TaskRun> tasks(String json, String source) throws IOException {
    try {
      List<Task> tasks =
          CardJson.MAPPER
              .readerForListOf(Task.class)
              .readValue(CardJson.MAPPER.readTree(json).path("tasks"));
      return tasks.stream()
          .map(task -> new TaskRun(task.name(), task.task(), task.labels(), task.decision()))
          .toList();
    } catch (JsonProcessingException e) {
      throw new IOException(source + ": the card cannot be read: " + e.getOriginalMessage(), e);
    }
  }

  /** The card in text. */
  ModelExport.CardEntry entry() {
    return CardJson.entry(ModelCard.TASKS_METADATA_KEY, this);
  }
}
