package io.physiowave.training.export;

import io.physiowave.training.run.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An ONNX file and its card beside it, written whole or not at all. */
public final class ModelFiles {
  private static final String SUFFIX = ".onnx";

  private ModelFiles() {}

  /**
   * The card's file beside a model.
   *
   * @param model ends in {@code .onnx}
   * @throws IllegalArgumentException for another ending
   */
  public static Path cardBeside(Path model) {
    String name = model.getFileName().toString();
    if (!name.endsWith(SUFFIX) || name.length() == SUFFIX.length()) {
      throw new IllegalArgumentException(model + ": a model file is named like ecg-beats" + SUFFIX);
    }
    return model.resolveSibling(name.substring(0, name.length() - SUFFIX.length()) + ".card.json");
  }

  /**
   * Writes both or neither; the model gets its name last, so that whoever finds it finds its card.
   */
  public static void write(Path model, byte[] onnx, String cardJson) throws IOException {
    Path card = cardBeside(model);
    Files.createDirectories(model.toAbsolutePath().getParent());
    AtomicFile.replace(
        model,
        partial -> {
          AtomicFile.fill(partial, out -> out.write(onnx));
          AtomicFile.write(card, cardJson);
        });
  }
}
