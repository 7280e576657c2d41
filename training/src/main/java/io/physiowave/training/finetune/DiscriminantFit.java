package io.physiowave.training.finetune;

import io.physiowave.core.discriminant.LinearDiscriminant;
import io.physiowave.training.checkpoint.Checkpoint;
import io.physiowave.training.checkpoint.CheckpointFile;
import io.physiowave.training.dataset.BatchSource;
import io.physiowave.training.dataset.WindowBatch;
import io.physiowave.training.model.ChannelStatistics;
import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.ModelWeights;
import io.physiowave.training.model.Scopes;
import io.physiowave.training.model.Tensors;
import io.physiowave.training.model.WeightTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * Fits the discriminant on channel statistics once the network is trained, in one pass over the
 * training windows, and weighs the two. Together from the start the network would only learn what
 * the discriminant leaves over on the training subjects, which carries over to others less well.
 */
public final class DiscriminantFit {
  private static final String MATRIX = "channel_statistics.matrix";
  private static final String OFFSET = "channel_statistics.offset";
  private static final String HEAD = "task_heads.classification.head.4.";
  private static final int BATCH = 512;

  private DiscriminantFit() {}

  /**
   * Completes a checkpoint; one that has its discriminant already is left as it is, so that a run
   * that goes on at its end does not weigh twice.
   *
   * @param checkpoint of a model with {@code channel_statistics}
   * @param windows that it was trained on, unvaried
   * @return whether the checkpoint was changed
   * @throws IOException if a file cannot be read or written
   */
  public static boolean complete(Path checkpoint, BatchSource windows, DiscriminantOptions options)
      throws IOException {
    Checkpoint trained = CheckpointFile.read(checkpoint);
    for (float value : trained.weights().get(MATRIX).values()) {
      if (value != 0) {
        return false;
      }
    }
    ModelWeights weights = trained.weights();
    LinearDiscriminant.Scores scores = fitted(trained.config(), windows).fit(options.shrinkage());
    float[] matrix = flat(scores.matrix());
    weights = scaled(weights, HEAD + "weight", options.networkFactor());
    weights = scaled(weights, HEAD + "bias", options.networkFactor());
    weights = weights.with(MATRIX, new WeightTensor(weights.get(MATRIX).shape(), matrix));
    weights = weights.with(OFFSET, new WeightTensor(weights.get(OFFSET).shape(), scores.offset()));
    weights = scaled(weights, MATRIX, options.discriminantFactor());
    weights = scaled(weights, OFFSET, options.discriminantFactor());
    CheckpointFile.write(checkpoint, new Checkpoint(trained.config(), weights, trained.sections()));
    return true;
  }

  private static LinearDiscriminant fitted(ModelConfig config, BatchSource windows)
      throws IOException {
    int inputs = ChannelStatistics.count(config.inChannels());
    LinearDiscriminant discriminant = new LinearDiscriminant(inputs, config.numClasses());
    int count = windows.size();
    int[] order = IntStream.range(0, count).toArray();
    for (int number = 0; number * BATCH < count; number++) {
      WindowBatch batch = windows.batch(order, 0, number, BATCH);
      float[] values = statistics(config, batch);
      for (int i = 0; i < batch.size(); i++) {
        discriminant.add(values, i * inputs, label(batch, i, config.numClasses()));
      }
    }
    return discriminant;
  }

  private static float[] statistics(ModelConfig config, WindowBatch batch) {
    int rows = config.inputRows();
    long samples = batch.windows().length / ((long) batch.size() * rows);
    return Scopes.freeing(
        () ->
            Tensors.floats(
                ChannelStatistics.values(
                    Tensor.create(batch.windows(), batch.size(), rows, samples)
                        .narrow(1, 0, config.inChannels()),
                    config.channelStatistics())));
  }

  private static int label(WindowBatch batch, int window, int classes) {
    int best = 0;
    for (int label = 1; label < classes; label++) {
      if (batch.targets()[window * classes + label] > batch.targets()[window * classes + best]) {
        best = label;
      }
    }
    return best;
  }

  private static float[] flat(float[][] matrix) {
    float[] values = new float[matrix.length * matrix[0].length];
    for (int row = 0; row < matrix.length; row++) {
      System.arraycopy(matrix[row], 0, values, row * matrix[row].length, matrix[row].length);
    }
    return values;
  }

  private static ModelWeights scaled(ModelWeights weights, String name, double factor) {
    WeightTensor tensor = weights.get(name);
    float[] values = tensor.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] *= (float) factor;
    }
    return weights.with(name, new WeightTensor(tensor.shape(), values));
  }
}
