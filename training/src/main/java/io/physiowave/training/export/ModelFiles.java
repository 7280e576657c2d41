package io.physiowave.training.export;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

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

  /** Writes both; the model last, so that whoever finds it finds its card. */
  public static void write(Path model, byte[] onnx, String cardJson) throws IOException {
    Path card = cardBeside(model);
    Path folder = model.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    replace(card, cardJson.getBytes(StandardCharsets.UTF_8));
    replace(model, onnx);
  }

  private static void replace(Path file, byte[] bytes) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (FileChannel channel =
          FileChannel.open(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        java.nio.ByteBuffer buffer = java.nio.ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
