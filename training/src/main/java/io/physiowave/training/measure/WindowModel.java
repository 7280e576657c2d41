package io.physiowave.training.measure;

import java.io.IOException;

/** A model that answers windows, whatever engine runs it. */
@FunctionalInterface
public interface WindowModel {
  /**
   * Answers a batch.
   *
   * @param windows row-major {@code [batch][inputRows][windowSamples]} in the data's unit
   * @return logits, row-major {@code [batch][classes]}
   */
  float[] logits(float[] windows, int batch) throws IOException;
}
