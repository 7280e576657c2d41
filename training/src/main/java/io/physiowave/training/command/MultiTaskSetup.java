package io.physiowave.training.command;

import io.physiowave.training.dataset.InvalidDatasetException;
import io.physiowave.training.dataset.LabelTask;
import io.physiowave.training.dataset.WindowLabelling;
import io.physiowave.training.dataset.WindowLayout;
import io.physiowave.training.dataset.WindowSet;
import io.physiowave.training.finetune.FinetuneData;
import io.physiowave.training.finetune.FinetuneOptions;
import io.physiowave.training.finetune.MultiTaskLearner;
import io.physiowave.training.finetune.TrainingParts;
import io.physiowave.training.measure.OutputTask;
import io.physiowave.training.model.HeadConfig;
import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.MultiTaskConfig;
import io.physiowave.training.model.Pooling;
import io.physiowave.training.model.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** What a fine-tuning of several tasks needs, made of flags and files. */
final class MultiTaskSetup {
  private MultiTaskSetup() {}

  /**
   * Where each task's outputs are, and of which kind they are, as the files tell.
   *
   * @throws InvalidDatasetException when the parts label a task in different forms
   */
  static List<OutputTask> outputs(List<LabelTask> tasks, TrainingParts parts)
      throws InvalidDatasetException {
    List<OutputTask> outputs = new ArrayList<>();
    int from = 0;
    for (LabelTask task : tasks) {
      boolean several = task.isMultiLabel(parts.train().windows());
      requireForm(task, parts.validation().windows(), several);
      Optional<TrainingParts.Part> test = parts.test();
      if (test.isPresent()) {
        requireForm(task, test.get().windows(), several);
      }
      outputs.add(
          new OutputTask(
              task.name(),
              several ? Task.MULTILABEL : Task.CLASSIFICATION,
              from,
              IntStream.range(0, task.outputs()).mapToObj(String::valueOf).toList()));
      from += task.outputs();
    }
    return outputs;
  }

  /** The labels that the tasks of a trained model are measured by. */
  static WindowLabelling labelling(List<OutputTask> outputs) {
    List<LabelTask> tasks =
        outputs.stream().map(output -> new LabelTask(output.name(), output.outputs())).toList();
    return windows -> {
      for (int i = 0; i < tasks.size(); i++) {
        requireForm(tasks.get(i), windows, outputs.get(i).task() == Task.MULTILABEL);
      }
      return LabelTask.marks(tasks).of(windows);
    };
  }

  private static void requireForm(LabelTask task, WindowSet windows, boolean several)
      throws InvalidDatasetException {
    if (task.isMultiLabel(windows) != several) {
      throw new InvalidDatasetException(
          windows.paths().get(0)
              + ": "
              + task.dataset()
              + " has "
              + (several ? "one class" : "several marks")
              + " a window; expected "
              + (several ? "marks of 0 and 1" : "one class")
              + " as it was trained");
    }
  }

  /**
   * The setup.
   *
   * @param config of the encoder, whose head fields say what each task's head is like
   * @param parts opened with the labels of all tasks; closed by the setup
   */
  static FinetuneSetup of(
      FinetuneOptions options,
      ModelConfig config,
      int sharedDim,
      WindowLayout layout,
      List<OutputTask> outputs,
      TrainingParts parts,
      Consumer<String> log)
      throws IOException {
    Map<String, HeadConfig> heads = new LinkedHashMap<>();
    for (OutputTask output : outputs) {
      heads.put(output.name(), head(config, output));
    }
    MultiTaskConfig tasks = new MultiTaskConfig(heads, sharedDim, config.headDropout());
    FinetuneData data =
        FinetuneData.of(parts, tasks.outputs(), layout, options.augmentation(), options.seed());
    ModelConfig encoder = config.toBuilder().task(Task.PRETRAIN).build();
    return new FinetuneSetup(
        new MultiTaskLearner(options, encoder, tasks, log),
        data,
        List.of(parts),
        FinetuneSetup.Completion.NONE,
        outputs);
  }

  private static HeadConfig head(ModelConfig config, OutputTask output) {
    Pooling pooling = config.pooling();
    return HeadConfig.withoutContext(
        output.task(), output.outputs(), config.taskHiddenDim(), config.headDropout(), pooling);
  }
}
