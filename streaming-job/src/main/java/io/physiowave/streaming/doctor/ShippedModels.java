package io.physiowave.streaming.doctor;

import io.physiowave.streaming.model.ModelFile;
import io.physiowave.streaming.model.ServedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The models that the demonstration serves. */
final class ShippedModels {
  private static final String NAME = "model";
  private static final List<String> FILES = List.of("ecg-beats.onnx", "emg-gestures.onnx");

  private ShippedModels() {}

  static List<Finding> examine(Path folder) {
    return FILES.stream().map(file -> examineFile(folder.resolve(file))).toList();
  }

  private static Finding examineFile(Path file) {
    try {
      ServedModel model = ModelFile.read(file.toString()).served();
      return Finding.ok(NAME, model + " for " + model.card().modality());
    } catch (IOException | RuntimeException e) {
      return Finding.fail(
          NAME, e.getMessage(), "Check the file out again, or name others with demo --models.");
    }
  }
}
