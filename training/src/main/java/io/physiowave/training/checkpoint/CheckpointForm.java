package io.physiowave.training.checkpoint;

import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.ModelWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** How a kind of model is kept on disk while it is trained. */
public interface CheckpointForm {

  /**
   * What changes while training.
   *
   * @param weights of the trained model
   * @param sections whatever the writer keeps with them
   */
  record Saved(ModelWeights weights, Map<String, byte[]> sections) {}

  /** Replaces a file whole. */
  void write(Path file, ModelWeights weights, Map<String, byte[]> sections) throws IOException;

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws CheckpointFormatException if it is something else, or is damaged
   */
  Saved read(Path file) throws IOException;

  /** The form of a model on one signal, {@link CheckpointFile}. */
  static CheckpointForm of(ModelConfig config) {
    return of(config, Map.of());
  }

  /**
   * As the other, with sections that go into every file.
   *
   * @param always sections by name
   */
  static CheckpointForm of(ModelConfig config, Map<String, byte[]> always) {
    return new CheckpointForm() {
      @Override
      public void write(Path file, ModelWeights weights, Map<String, byte[]> sections)
          throws IOException {
        Map<String, byte[]> all = new LinkedHashMap<>(always);
        all.putAll(sections);
        CheckpointFile.write(file, new Checkpoint(config, weights, all));
      }

      @Override
      public Saved read(Path file) throws IOException {
        Checkpoint read = CheckpointFile.read(file);
        return new Saved(read.weights(), read.sections());
      }
    };
  }
}
