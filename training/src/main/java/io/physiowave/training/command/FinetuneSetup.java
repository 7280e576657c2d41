package io.physiowave.training.command;

import io.physiowave.training.finetune.FinetuneData;
import io.physiowave.training.finetune.Learner;
import io.physiowave.training.finetune.TrainingParts;
import io.physiowave.training.measure.OutputTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a fine-tuning needs beside its options, opened. Owns all of it.
 *
 * @param learner with its first values
 * @param data made of the parts
 * @param parts files of each signal
 * @param completion what is done to the best weights after training
 * @param tasks what the learner's outputs stand for
 */
record FinetuneSetup(
    Learner learner,
    FinetuneData data,
    List<TrainingParts> parts,
    Completion completion,
    List<OutputTask> tasks)
    implements AutoCloseable {

  /** A step after training. */
  interface Completion {
    /** Nothing is left to do. */
    Completion NONE = best -> {};

    /** Changes the file of the best weights; once done, doing it again changes nothing. */
    void complete(Path best) throws IOException;
  }

  /** Every file that is read. */
  List<Path> files() {
    return parts.stream().flatMap(part -> part.files().stream()).toList();
  }

  @Override
  public void close() throws IOException {
    learner.close();
    for (TrainingParts part : parts) {
      part.close();
    }
  }
}
