package io.physiowave.training.model;

import java.util.Map;

/**
 * A task head to put on the encoder.
 *
 * @param task which kind; not {@link Task#PRETRAIN}
 * @param outputs classes, labels or values, at least 1
 * @param hiddenDim width of the hidden layer; unused by {@link Task#LINEAR}
 * @param dropout after the hidden layer
 * @param pooling of the tokens
 * @param contextValues context values read beside the pooled features
 */
public record HeadConfig(
    Task task, int outputs, int hiddenDim, double dropout, Pooling pooling, int contextValues) {

  /** Checks the sizes. */
  public HeadConfig {
    if (task == Task.PRETRAIN) {
      throw new IllegalArgumentException("task pretrain has no task head");
    }
    if (outputs < 1 || hiddenDim < 1 || contextValues < 0) {
      throw new IllegalArgumentException(
          task
              + " head with "
              + outputs
              + " outputs, hidden width "
              + hiddenDim
              + " and "
              + contextValues
              + " context values; outputs and width must be at least 1, context at least 0");
    }
  }

  /** The head that a model of this configuration has. */
  public static HeadConfig of(ModelConfig config) {
    return new HeadConfig(
        config.task(),
        config.numClasses(),
        config.taskHiddenDim(),
        config.headDropout(),
        config.pooling(),
        config.contextValues());
  }

  /** The heads of a model of this configuration, under their published names. */
  public static Map<String, HeadConfig> headsOf(ModelConfig config) {
    return config.task() == Task.PRETRAIN
        ? Map.of()
        : Map.of(config.task().publishedName(), of(config));
  }

  /** A head without context. */
  public static HeadConfig withoutContext(
      Task task, int outputs, int hiddenDim, double dropout, Pooling pooling) {
    return new HeadConfig(task, outputs, hiddenDim, dropout, pooling, 0);
  }
}
