package io.physiowave.training.export;

import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.PositionEncoding;

/** The sinusoidal position embedding of every token as constants, in float32 as published. */
final class PositionTable {
  private static final int PUBLISHED_TABLE_LENGTH = 5000;

  private PositionTable() {}

  /** Row-major {@code [rows * patches][embed_dim]}, frequency-major. */
  static float[] of(ModelConfig config, int rows, int patches) {
    int width = config.embedDim();
    float[] table = new float[rows * patches * width];
    if (config.posEmbedType() == PositionEncoding.SEQUENCE) {
      for (int token = 0; token < rows * patches; token++) {
        if (rows * patches <= PUBLISHED_TABLE_LENGTH) {
          interleaved(table, token * width, width, token);
        } else {
          halves(table, token * width, width, token);
        }
      }
      return table;
    }
    int frequencyWidth = width / 2;
    for (int row = 0; row < rows; row++) {
      for (int patch = 0; patch < patches; patch++) {
        int start = (row * patches + patch) * width;
        halves(table, start, frequencyWidth, row);
        halves(table, start + frequencyWidth, width - frequencyWidth, patch);
      }
    }
    return table;
  }

  private static void interleaved(float[] table, int start, int width, int position) {
    float rate = (float) -(Math.log(10000.0) / width);
    for (int i = 0; i < width; i += 2) {
      float angle = position * (float) Math.exp(i * rate);
      table[start + i] = (float) Math.sin(angle);
      if (i + 1 < width) {
        table[start + i + 1] = (float) Math.cos(angle);
      }
    }
  }

  private static void halves(float[] table, int start, int width, int position) {
    int half = width / 2;
    for (int i = 0; i < half; i++) {
      float omega = 1f / (float) Math.pow(10000, i / (width / 2f));
      float angle = position * omega;
      table[start + i] = (float) Math.sin(angle);
      table[start + half + i] = (float) Math.cos(angle);
    }
  }
}
