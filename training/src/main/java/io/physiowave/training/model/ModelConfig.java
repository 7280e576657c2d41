package io.physiowave.training.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/**
 * The shape and the fixed choices of a PhysioWave model. Field names in JSON are those of the
 * published command line ({@code in_channels}, {@code max_level}, ...); see {@link
 * ModelConfigJson}.
 *
 * <p>Three fields are ours and off by default: {@code context_values}, {@code normalisation} and
 * {@code channel_statistics}.
 *
 * @param inChannels signal channels C, at least 1
 * @param maxLevel wavelet levels; the decomposition has {@code (maxLevel + 1) * C} rows
 * @param waveKernelSize taps of each wavelet filter, odd or even, at least 1
 * @param waveletNames initial wavelets, one learnable filter pair each
 * @param useSeparateChannel one filter per channel instead of filters that mix channels
 * @param patchSize samples per token
 * @param embedDim features per token D
 * @param depth transformer blocks
 * @param numHeads attention heads; divides {@code embedDim}
 * @param mlpRatio width of the block's hidden layer over {@code embedDim}
 * @param dropout of the blocks and the reconstruction head, 0 to below 1
 * @param ropeDim leading features of each head that are rotated; 0 means all; a value above the
 *     head's width switches the rotation off, as published
 * @param usePosEmbed whether a position embedding is added to the tokens
 * @param posEmbedType which one
 * @param maskingStrategy how tokens are chosen for masking while pretraining
 * @param importanceRatio share of spectral importance against noise in that choice, 0 to 1
 * @param maskRatio share of tokens masked, 0 to 1
 * @param pooling how the task head pools tokens
 * @param headHiddenDim width of the task head's hidden layer; 0 means {@code embedDim}
 * @param headDropout of the task head, 0 to below 1
 * @param numClasses outputs of the task head; 0 only for pretraining
 * @param task which task head the model has besides the reconstruction head
 * @param contextValues K; when above 0 the input is {@code [B, C + 1, T]} and its last row carries
 *     K values as K equal constant segments, which the classification head reads
 * @param normalisation of the raw input
 * @param channelStatistics floor of the strengths and correlations on which a linear discriminant
 *     helps to classify, in the unit of the raw input; 0 for no discriminant
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonDeserialize(builder = ModelConfigBuilder.class)
public record ModelConfig(
    int inChannels,
    int maxLevel,
    int waveKernelSize,
    List<String> waveletNames,
    boolean useSeparateChannel,
    int patchSize,
    int embedDim,
    int depth,
    int numHeads,
    double mlpRatio,
    double dropout,
    int ropeDim,
    boolean usePosEmbed,
    PositionEncoding posEmbedType,
    MaskingStrategy maskingStrategy,
    double importanceRatio,
    double maskRatio,
    Pooling pooling,
    int headHiddenDim,
    double headDropout,
    int numClasses,
    Task task,
    int contextValues,
    Normalisation normalisation,
    double channelStatistics) {

  /**
   * Copies the wavelet names and checks every field.
   *
   * @throws IllegalArgumentException naming each field that is out of range
   */
  public ModelConfig {
    waveletNames = List.copyOf(waveletNames);
    ModelConfigRules rules = new ModelConfigRules();
    rules.atLeast("in_channels", inChannels, 1);
    rules.atLeast("max_level", maxLevel, 1);
    rules.atLeast("wave_kernel_size", waveKernelSize, 1);
    rules.require(!waveletNames.isEmpty(), "wavelet_names is empty; name at least one wavelet");
    rules.atLeast("patch_size", patchSize, 1);
    rules.atLeast("embed_dim", embedDim, 1);
    rules.atLeast("depth", depth, 0);
    rules.atLeast("num_heads", numHeads, 1);
    rules.require(mlpRatio > 0 && mlpRatio <= 64, "mlp_ratio " + mlpRatio + " is not in (0, 64]");
    rules.probability("dropout", dropout);
    rules.atLeast("rope_dim", ropeDim, 0);
    rules.fraction("importance_ratio", importanceRatio);
    rules.fraction("mask_ratio", maskRatio);
    rules.atLeast("head_hidden_dim", headHiddenDim, 0);
    rules.probability("head_dropout", headDropout);
    rules.atLeast("num_classes", numClasses, task == Task.PRETRAIN ? 0 : 1);
    rules.atLeast("context_values", contextValues, 0);
    rules.require(
        contextValues == 0 || task == Task.CLASSIFICATION,
        "context_values " + contextValues + " needs the task classification, not " + task);
    rules.require(
        channelStatistics >= 0 && !Double.isInfinite(channelStatistics),
        "channel_statistics " + channelStatistics + " must be 0 or a positive number");
    rules.require(
        channelStatistics == 0 || task == Task.CLASSIFICATION,
        "channel_statistics " + channelStatistics + " needs the task classification, not " + task);
    rules.widths(embedDim, numHeads, ropeDim, usePosEmbed, posEmbedType);
    rules.check();
    normalisation.requireChannels(inChannels);
  }

  /** A builder that starts from the published defaults. */
  public static ModelConfigBuilder builder() {
    return new ModelConfigBuilder();
  }

  /** A builder that starts from this configuration. */
  public ModelConfigBuilder toBuilder() {
    return new ModelConfigBuilder(this);
  }

  /** Rows of the wavelet decomposition: {@code (max_level + 1) * in_channels}. */
  @JsonIgnore
  public int bandRows() {
    return (maxLevel + 1) * inChannels;
  }

  /** Rows of the input tensor: the channels, and one more when there is a context row. */
  @JsonIgnore
  public int inputRows() {
    return contextValues > 0 ? inChannels + 1 : inChannels;
  }

  /** Features per attention head. */
  @JsonIgnore
  public int headDim() {
    return embedDim / numHeads;
  }

  /** Features of each head that are rotated: 0 when the rotation is off. */
  @JsonIgnore
  public int rotatedDim() {
    int wanted = ropeDim == 0 ? headDim() : ropeDim;
    return wanted <= headDim() ? wanted : 0;
  }

  /** Width of the hidden layer in the transformer blocks. */
  @JsonIgnore
  public int mlpDim() {
    return (int) (embedDim * mlpRatio);
  }

  /** Width of the task head's hidden layer. */
  @JsonIgnore
  public int taskHiddenDim() {
    return headHiddenDim == 0 ? embedDim : headHiddenDim;
  }

  /** Heads of the soft gate: the greatest common divisor of 4 and the channels. */
  @JsonIgnore
  public int gateHeads() {
    return greatestDivisorOfFour(inChannels);
  }

  /** Heads of the cross-scale attention, over {@code 2 * in_channels} features. */
  @JsonIgnore
  public int crossScaleHeads() {
    return greatestDivisorOfFour(2 * inChannels);
  }

  /**
   * Tokens of a window: band rows times whole patches; samples beyond the last whole patch are not
   * seen.
   *
   * @throws IllegalArgumentException if the window is shorter than a patch
   */
  public int tokens(int windowSamples) {
    if (windowSamples < patchSize) {
      throw new IllegalArgumentException(
          "window of " + windowSamples + " samples is shorter than patch_size " + patchSize);
    }
    return bandRows() * (windowSamples / patchSize);
  }

  private static int greatestDivisorOfFour(int features) {
    return features % 4 == 0 ? 4 : features % 2 == 0 ? 2 : 1;
  }
}
