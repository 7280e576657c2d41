package io.physiowave.training.model;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.annotation.JsonPOJOBuilder;
import java.util.List;

/**
 * Builds a {@link ModelConfig} from the published defaults or from another configuration; each
 * method sets the component of the same name.
 */
@JsonPOJOBuilder(withPrefix = "")
@JsonNaming(SnakeCaseStrategy.class)
public final class ModelConfigBuilder {
  private int inChannels = 8;
  private int maxLevel = 3;
  private int waveKernelSize = 16;
  private List<String> waveletNames = List.of("db4", "db6", "sym4", "coif3");
  private boolean useSeparateChannel = true;
  private int patchSize = 20;
  private int embedDim = 128;
  private int depth = 6;
  private int numHeads = 8;
  private double mlpRatio = 4.0;
  private double dropout = 0.1;
  private int ropeDim = 0;
  private boolean usePosEmbed = true;
  private PositionEncoding posEmbedType = PositionEncoding.FREQUENCY_AND_TIME;
  private MaskingStrategy maskingStrategy = MaskingStrategy.FREQUENCY_GUIDED;
  private double importanceRatio = 0.6;
  private double maskRatio = 0.15;
  private Pooling pooling = Pooling.MEAN;
  private int headHiddenDim = 0;
  private double headDropout = 0.1;
  private int numClasses = 0;
  private Task task = Task.PRETRAIN;
  private int contextValues = 0;
  private Normalisation normalisation = new Normalisation.None();
  private double channelStatistics = 0;

  ModelConfigBuilder() {}

  ModelConfigBuilder(ModelConfig config) {
    inChannels = config.inChannels();
    maxLevel = config.maxLevel();
    waveKernelSize = config.waveKernelSize();
    waveletNames = config.waveletNames();
    useSeparateChannel = config.useSeparateChannel();
    patchSize = config.patchSize();
    embedDim = config.embedDim();
    depth = config.depth();
    numHeads = config.numHeads();
    mlpRatio = config.mlpRatio();
    dropout = config.dropout();
    ropeDim = config.ropeDim();
    usePosEmbed = config.usePosEmbed();
    posEmbedType = config.posEmbedType();
    maskingStrategy = config.maskingStrategy();
    importanceRatio = config.importanceRatio();
    maskRatio = config.maskRatio();
    pooling = config.pooling();
    headHiddenDim = config.headHiddenDim();
    headDropout = config.headDropout();
    numClasses = config.numClasses();
    task = config.task();
    contextValues = config.contextValues();
    normalisation = config.normalisation();
    channelStatistics = config.channelStatistics();
  }

  /** See {@link ModelConfig#inChannels()}. */
  public ModelConfigBuilder inChannels(int value) {
    inChannels = value;
    return this;
  }

  /** See {@link ModelConfig#maxLevel()}. */
  public ModelConfigBuilder maxLevel(int value) {
    maxLevel = value;
    return this;
  }

  /** See {@link ModelConfig#waveKernelSize()}. */
  public ModelConfigBuilder waveKernelSize(int value) {
    waveKernelSize = value;
    return this;
  }

  /** See {@link ModelConfig#waveletNames()}. */
  public ModelConfigBuilder waveletNames(List<String> value) {
    waveletNames = value;
    return this;
  }

  /** See {@link ModelConfig#useSeparateChannel()}. */
  public ModelConfigBuilder useSeparateChannel(boolean value) {
    useSeparateChannel = value;
    return this;
  }

  /** See {@link ModelConfig#patchSize()}. */
  public ModelConfigBuilder patchSize(int value) {
    patchSize = value;
    return this;
  }

  /** See {@link ModelConfig#embedDim()}. */
  public ModelConfigBuilder embedDim(int value) {
    embedDim = value;
    return this;
  }

  /** See {@link ModelConfig#depth()}. */
  public ModelConfigBuilder depth(int value) {
    depth = value;
    return this;
  }

  /** See {@link ModelConfig#numHeads()}. */
  public ModelConfigBuilder numHeads(int value) {
    numHeads = value;
    return this;
  }

  /** See {@link ModelConfig#mlpRatio()}. */
  public ModelConfigBuilder mlpRatio(double value) {
    mlpRatio = value;
    return this;
  }

  /** See {@link ModelConfig#dropout()}. */
  public ModelConfigBuilder dropout(double value) {
    dropout = value;
    return this;
  }

  /** See {@link ModelConfig#ropeDim()}. */
  public ModelConfigBuilder ropeDim(int value) {
    ropeDim = value;
    return this;
  }

  /** See {@link ModelConfig#usePosEmbed()}. */
  public ModelConfigBuilder usePosEmbed(boolean value) {
    usePosEmbed = value;
    return this;
  }

  /** See {@link ModelConfig#posEmbedType()}. */
  public ModelConfigBuilder posEmbedType(PositionEncoding value) {
    posEmbedType = value;
    return this;
  }

  /** See {@link ModelConfig#maskingStrategy()}. */
  public ModelConfigBuilder maskingStrategy(MaskingStrategy value) {
    maskingStrategy = value;
    return this;
  }

  /** See {@link ModelConfig#importanceRatio()}. */
  public ModelConfigBuilder importanceRatio(double value) {
    importanceRatio = value;
    return this;
  }

  /** See {@link ModelConfig#maskRatio()}. */
  public ModelConfigBuilder maskRatio(double value) {
    maskRatio = value;
    return this;
  }

  /** See {@link ModelConfig#pooling()}. */
  public ModelConfigBuilder pooling(Pooling value) {
    pooling = value;
    return this;
  }

  /** See {@link ModelConfig#headHiddenDim()}. */
  public ModelConfigBuilder headHiddenDim(int value) {
    headHiddenDim = value;
    return this;
  }

  /** See {@link ModelConfig#headDropout()}. */
  public ModelConfigBuilder headDropout(double value) {
    headDropout = value;
    return this;
  }

  /** See {@link ModelConfig#numClasses()}. */
  public ModelConfigBuilder numClasses(int value) {
    numClasses = value;
    return this;
  }

  /** See {@link ModelConfig#task()}. */
  public ModelConfigBuilder task(Task value) {
    task = value;
    return this;
  }

  /** See {@link ModelConfig#contextValues()}. */
  public ModelConfigBuilder contextValues(int value) {
    contextValues = value;
    return this;
  }

  /** See {@link ModelConfig#normalisation()}. */
  public ModelConfigBuilder normalisation(Normalisation value) {
    normalisation = value;
    return this;
  }

  /** See {@link ModelConfig#channelStatistics()}. */
  public ModelConfigBuilder channelStatistics(double value) {
    channelStatistics = value;
    return this;
  }

  /**
   * Checks and builds.
   *
   * @throws IllegalArgumentException naming each field that is out of range
   */
  public ModelConfig build() {
    return new ModelConfig(
        inChannels,
        maxLevel,
        waveKernelSize,
        waveletNames,
        useSeparateChannel,
        patchSize,
        embedDim,
        depth,
        numHeads,
        mlpRatio,
        dropout,
        ropeDim,
        usePosEmbed,
        posEmbedType,
        maskingStrategy,
        importanceRatio,
        maskRatio,
        pooling,
        headHiddenDim,
        headDropout,
        numClasses,
        task,
        contextValues,
        normalisation,
        channelStatistics);
  }
}
