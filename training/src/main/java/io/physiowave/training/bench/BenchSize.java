package io.physiowave.training.bench;

import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.ModelConfigBuilder;
import io.physiowave.training.model.Task;

/**
 * A published size to measure.
 *
 * @param name {@code ecg} or {@code emg}
 * @param config the model
 * @param samples of a window
 */
public record BenchSize(String name, ModelConfig config, int samples) {

  /** 12 leads of 2048 samples, width 384, 8 blocks of 12 heads. */
  public static BenchSize ecg(Task task) {
    return new BenchSize("ecg", sized(task, 12, 384, 8, 12), 2048);
  }

  /** 8 channels of 1024 samples, width 256, 6 blocks of 8 heads. */
  public static BenchSize emg(Task task) {
    return new BenchSize("emg", sized(task, 8, 256, 6, 8), 1024);
  }

  private static ModelConfig sized(Task task, int channels, int width, int depth, int heads) {
    ModelConfigBuilder builder =
        ModelConfig.builder()
            .inChannels(channels)
            .maxLevel(3)
            .patchSize(64)
            .embedDim(width)
            .depth(depth)
            .numHeads(heads)
            .task(task);
    return task == Task.PRETRAIN ? builder.build() : builder.numClasses(5).build();
  }

  /** Values of one window. */
  public int windowSize() {
    return config.inputRows() * samples;
  }
}
