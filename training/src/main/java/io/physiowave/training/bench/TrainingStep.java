package io.physiowave.training.bench;

import io.physiowave.training.model.AttentionKernel;
import io.physiowave.training.model.HeadConfig;
import io.physiowave.training.model.PhysioWaveModel;
import io.physiowave.training.model.Scopes;
import io.physiowave.training.run.AdamWOptimizer;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;

/** One pretraining step on noise: forward, masked loss, gradients, AdamW. */
final class TrainingStep implements AutoCloseable {
  private final PhysioWaveModel model;
  private final AdamWOptimizer optimizer;
  private final float[] windows;
  private final BenchSize size;
  private final int batch;

  TrainingStep(BenchSize size, AttentionKernel kernel, int batch) {
    this.size = size;
    this.batch = batch;
    model = PhysioWaveModel.create(size.config(), HeadConfig.headsOf(size.config()), kernel, 42);
    optimizer = new AdamWOptimizer(model.trainedParameters().values(), 0.01, 0.9, 0.999);
    windows = new float[batch * size.windowSize()];
    Random random = new Random(42);
    for (int i = 0; i < windows.length; i++) {
      windows[i] = (float) random.nextGaussian();
    }
  }

  void run() {
    Scopes.freeing(
        () -> {
          optimizer.zeroGradients();
          Tensor input = Tensor.create(windows, batch, size.config().inputRows(), size.samples());
          model.reconstruct(input).loss().backward();
          optimizer.step(1e-4);
        });
  }

  @Override
  public void close() {
    optimizer.close();
    model.close();
  }
}
