package io.physiowave.training.command;

import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.ModelConfigBuilder;
import io.physiowave.training.model.PositionEncoding;
import io.physiowave.training.wavelet.WaveletKernel;
import java.util.List;
import picocli.CommandLine.Option;

/** The flags of the model's shape, with the published defaults of fine-tuning. */
final class ModelShapeOptions {
  @Option(
      names = "--max_level",
      defaultValue = "3",
      description = "Wavelet levels (default ${DEFAULT-VALUE}).")
  private int maxLevel;

  @Option(
      names = "--wave_kernel_size",
      defaultValue = "16",
      description = "Taps of each wavelet filter (default ${DEFAULT-VALUE}).")
  private int waveKernelSize;

  @Option(
      names = "--use_separate_channel",
      arity = "0..1",
      fallbackValue = "true",
      defaultValue = "true",
      description = "One wavelet filter per channel (default ${DEFAULT-VALUE}).")
  private boolean useSeparateChannel;

  @Option(
      names = "--patch_size",
      description = "Samples per token (default 20 for fine-tuning, 64 for pretraining).")
  private Integer patchSize;

  @Option(
      names = "--embed_dim",
      defaultValue = "256",
      description = "Features per token (default ${DEFAULT-VALUE}).")
  private int embedDim;

  @Option(
      names = "--depth",
      description = "Transformer blocks (default 6 for fine-tuning, 8 for pretraining).")
  private Integer depth;

  @Option(
      names = "--num_heads",
      defaultValue = "8",
      description = "Attention heads (default ${DEFAULT-VALUE}).")
  private int numHeads;

  @Option(
      names = "--mlp_ratio",
      defaultValue = "4",
      description = "Width of the blocks' hidden layer over embed_dim (default ${DEFAULT-VALUE}).")
  private double mlpRatio;

  @Option(
      names = "--dropout",
      defaultValue = "0.1",
      description = "Dropout of the blocks (default ${DEFAULT-VALUE}).")
  private double dropout;

  @Option(
      names = "--rope_dim",
      defaultValue = "0",
      description = "Rotated features of each head; 0 for all (default ${DEFAULT-VALUE}).")
  private int ropeDim;

  @Option(
      names = "--use_pos_embed",
      arity = "0..1",
      fallbackValue = "true",
      defaultValue = "true",
      description = "Add a position embedding (default ${DEFAULT-VALUE}).")
  private boolean usePosEmbed;

  @Option(
      names = "--pos_embed_type",
      defaultValue = "2d",
      description = "1d or 2d (default ${DEFAULT-VALUE}).")
  private String posEmbedType;

  @Option(
      names = "--wavelet_names",
      arity = "1..*",
      split = ",",
      description = "Initial wavelets (default db6 for fine-tuning, db4 db6 sym4 for pretraining).")
  private List<String> waveletNames;

  /**
   * A builder with all of these.
   *
   * @param defaultPatch patch size when none is given
   * @param defaultDepth depth when none is given
   * @param defaultWavelets wavelets when none are given
   * @throws IllegalArgumentException if training cannot start from the wavelets
   */
  ModelConfigBuilder builder(int defaultPatch, int defaultDepth, List<String> defaultWavelets) {
    List<String> wavelets = waveletNames == null ? defaultWavelets : waveletNames;
    WaveletKernel.requireTaps(wavelets, waveKernelSize);
    return ModelConfig.builder()
        .maxLevel(maxLevel)
        .waveKernelSize(waveKernelSize)
        .waveletNames(wavelets)
        .useSeparateChannel(useSeparateChannel)
        .patchSize(patchSize == null ? defaultPatch : patchSize)
        .embedDim(embedDim)
        .depth(depth == null ? defaultDepth : depth)
        .numHeads(numHeads)
        .mlpRatio(mlpRatio)
        .dropout(dropout)
        .ropeDim(ropeDim)
        .usePosEmbed(usePosEmbed)
        .posEmbedType(PositionEncoding.ofPublishedName(posEmbedType));
  }
}
