package io.physiowave.training.model;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.dropout;
import static org.bytedeco.pytorch.global.torch.gelu;

import java.util.Optional;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/** Pools the tokens and maps them to outputs, through a hidden layer unless the task is linear. */
final class TaskHead extends Module {
  private final HeadConfig config;
  private final Optional<LayerNorm> norm;
  private final Optional<Affine> hidden;
  private final Affine output;

  TaskHead(HeadConfig config, int embedDim) {
    super("TaskHead");
    this.config = config;
    Module head = register_module("head", new Module("head"));
    if (config.task() == Task.LINEAR) {
      norm = Optional.empty();
      hidden = Optional.empty();
      output = head.register_module("0", Affine.linear(embedDim, config.outputs()));
    } else {
      long inputs = (long) embedDim + config.contextValues();
      norm = Optional.of(head.register_module("0", new LayerNorm(embedDim)));
      hidden = Optional.of(head.register_module("1", Affine.linear(inputs, config.hiddenDim())));
      output = head.register_module("4", Affine.linear(config.hiddenDim(), config.outputs()));
    }
  }

  HeadConfig config() {
    return config;
  }

  /**
   * Raw outputs: logits or values, before any sigmoid or softmax.
   *
   * @param embedding of {@link #pool}, {@code [B, D]}
   * @param context {@code [B, K]}, present when the head reads context
   * @return {@code [B, outputs]}
   */
  Tensor apply(Tensor embedding, Optional<Tensor> context) {
    Tensor vector = embedding;
    if (norm.isPresent()) {
      vector = norm.get().apply(vector);
    }
    if (context.isPresent()) {
      vector = cat(new TensorVector(vector, context.get()), 1);
    }
    if (hidden.isPresent()) {
      vector = dropout(gelu(hidden.get().apply(vector)), config.dropout(), is_training());
    }
    return output.apply(vector);
  }

  /** {@code [B, L, D]} to {@code [B, D]}. */
  Tensor pool(Tensor features) {
    return switch (config.pooling()) {
      case MEAN -> features.mean(1);
      case MAX -> features.max(1).get0();
      case FIRST -> features.select(1, 0);
      case LAST -> features.select(1, features.size(1) - 1);
      case ATTENTION -> {
        Tensor weights = features.mean(-1).softmax(1).unsqueeze(1);
        yield weights.matmul(features).squeeze(1);
      }
    };
  }
}
