package io.physiowave.training.finetune;

import io.physiowave.core.card.Decision;
import io.physiowave.core.card.Evaluation;
import io.physiowave.training.checkpoint.PretrainingRun;
import io.physiowave.training.dataset.DatasetDescription;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a trained checkpoint comes from, written beside it as {@value #FILE_NAME}: everything that
 * the exporter puts on the model card and that training alone knows.
 *
 * @param configuration the training options, by the name of their flag
 * @param dataset what it was trained on; {@code null} when the HDF5 files had no description beside
 *     them
 * @param dataFiles SHA-256 of each HDF5 file that was read, by its path as given
 * @param pretraining how the encoders were pretrained on which it was built, as far as known
 * @param labels class names in the order of the outputs; empty when it has several tasks
 * @param tasks the tasks in the order of the outputs, when it has several; else empty
 * @param seed seed of initialisation, sampling and augmentation
 * @param epoch epoch of the chosen weights, counted from 0
 * @param selectedBy figure by which the epoch was chosen
 * @param parameters number of trained values
 * @param evaluations figures of the chosen weights on validation, and on test when there is one
 * @param decision how the answers become a label, tuned on validation only; the most probable label
 *     when nothing was tuned
 * @param codeVersion version of this software
 * @param engine training engine and version, with operating system and processor
 * @param date ISO-8601 date of training
 */
public record TrainingRun(
    Map<String, Object> configuration,
    DatasetDescription dataset,
    Map<String, String> dataFiles,
    List<PretrainingRun> pretraining,
    List<String> labels,
    List<TaskRun> tasks,
    long seed,
    int epoch,
    String selectedBy,
    long parameters,
    List<Evaluation> evaluations,
    Decision decision,
    String codeVersion,
    String engine,
    String date) {

  /** The file's name in a training run's output folder. */
  public static final String FILE_NAME = "training_run.json";

  public TrainingRun {
    configuration = Collections.unmodifiableMap(new LinkedHashMap<>(configuration));
    dataFiles = Collections.unmodifiableMap(new LinkedHashMap<>(dataFiles));
    pretraining = pretraining == null ? List.of() : List.copyOf(pretraining);
    labels = List.copyOf(labels);
    tasks = tasks == null ? List.of() : List.copyOf(tasks);
    evaluations = List.copyOf(evaluations);
    decision = decision == null ? Decision.ARG_MAX : decision;
  }

  /** What it was trained on, when known. */
  public Optional<DatasetDescription> description() {
    return Optional.ofNullable(dataset);
  }
}
