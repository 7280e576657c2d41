package io.physiowave.training.bench;

import io.physiowave.core.card.ModelCard;
import io.physiowave.core.card.Windowing;
import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.ModelConfigBuilder;
import io.physiowave.training.model.ModelConfigJson;
import io.physiowave.training.model.Task;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A size to measure.
 *
 * @param name of a published size, {@code ecg} or {@code emg}, or of an exported model
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

  /**
   * The size of an exported model: as its card describes it, with weights of its own.
   *
   * @throws IllegalArgumentException when the card does not tell the model's configuration
   */
  public static BenchSize of(ModelCard card) {
    Map<String, Object> arguments = new LinkedHashMap<>(card.provenance().configuration());
    arguments.put("in_channels", card.channels().size());
    arguments.put("num_classes", card.labels().size());
    arguments.put("context_values", contextValues(card));
    arguments.put("normalisation", card.normalisation());
    return new BenchSize(card.name(), ModelConfigJson.ofArguments(arguments), card.windowSamples());
  }

  private static int contextValues(ModelCard card) {
    return card.windowing() instanceof Windowing.BeatCentred beat ? beat.context().size() : 0;
  }

  /**
   * What the published form of attention holds at its peak for one window: scores and shares of the
   * largest attention, which is that of the last level to the earlier ones or that among tokens.
   */
  long plainAttentionBytes() {
    long tokens = config.tokens(samples);
    long amongTokens = config.numHeads() * tokens * tokens;
    long amongLevels =
        (long) config.crossScaleHeads() * samples * samples * Math.max(0, config.maxLevel() - 1);
    return 2 * Float.BYTES * Math.max(amongTokens, amongLevels);
  }

  /** Values of one window. */
  public int windowSize() {
    return config.inputRows() * samples;
  }
}
