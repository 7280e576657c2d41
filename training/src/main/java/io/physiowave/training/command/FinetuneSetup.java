package io.physiowave.training.command;

import io.physiowave.training.finetune.FinetuneData;
import io.physiowave.training.finetune.Learner;
import io.physiowave.training.finetune.TrainingParts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a fine-tuning needs beside its options, opened. Owns all of it.
 *
 * @param learner with its first values
 * @param data made of the parts
 * @param parts files of each signal
 */
record FinetuneSetup(Learner learner, FinetuneData data, List<TrainingParts> parts)
    implements AutoCloseable {

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
