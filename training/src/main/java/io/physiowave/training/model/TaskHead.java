package io.physiowave.training.model;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.div;
import static org.bytedeco.pytorch.global.torch.dropout;
import static org.bytedeco.pytorch.global.torch.gelu;
import static org.bytedeco.pytorch.global.torch.mul;

import java.util.Optional;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/** Pools the tokens and maps them to outputs, through a hidden layer unless the task is linear. */
final class TaskHead extends Module {
  private static final double SHORTEST = 1e-12;

  private final HeadConfig config;
  private final Optional<LayerNorm> norm;
  private final Optional<Affine> hidden;
  private final Affine output;

  TaskHead(HeadConfig config, int embedDim) {
    super("TaskHead");
    this.config = config;
    boolean contrastive = config.task() == Task.CONTRASTIVE;
    String name = contrastive ? "projector" : "head";
    Module head = register_module(name, new Module(name));
    if (config.task() == Task.LINEAR) {
      norm = Optional.empty();
      hidden = Optional.empty();
      output = head.register_module("0", Affine.linear(embedDim, config.outputs()));
    } else {
      long inputs = (long) embedDim + config.contextValues();
      norm = Optional.of(head.register_module("0", new LayerNorm(embedDim)));
      hidden = Optional.of(head.register_module("1", Affine.linear(inputs, config.hiddenDim())));
      // The published projector has no dropout, which elsewhere takes the place before the output.
      output =
          head.register_module(
              contrastive ? "3" : "4", Affine.linear(config.hiddenDim(), config.outputs()));
    }
  }

  /**
   * Raw outputs: logits or values, before any sigmoid or softmax; of unit length when contrastive.
   *
   * @param embedding of {@link #pool}, {@code [B, D]}
   * @param context {@code [B, K]}, read when the head has context
   * @return {@code [B, outputs]}
   */
  Tensor apply(Tensor embedding, Optional<Tensor> context) {
    Tensor vector = embedding;
    if (norm.isPresent()) {
      vector = norm.get().apply(vector);
    }
    if (context.isPresent() && config.contextValues() > 0) {
      vector = cat(new TensorVector(vector, context.get()), 1);
    }
    if (config.task() == Task.CONTRASTIVE) {
      return unitLength(output.apply(gelu(hidden.orElseThrow().apply(vector))));
    }
    if (hidden.isPresent()) {
      vector = dropout(gelu(hidden.get().apply(vector)), config.dropout(), is_training());
    }
    return output.apply(vector);
  }

  private static Tensor unitLength(Tensor vectors) {
    Tensor length = mul(vectors, vectors).sum(1).sqrt().clamp_min(new Scalar(SHORTEST));
    return div(vectors, length.unsqueeze(1));
  }

  /** {@code [B, L, D]} to {@code [B, D]}. */
  Tensor pool(Tensor features) {
    return pool(features, config.pooling());
  }

  /** As {@link #pool(Tensor)}, without a head. */
  static Tensor pool(Tensor features, Pooling pooling) {
    return switch (pooling) {
      case MEAN -> features.mean(1);
      case MAX -> features.max(1).get0();
      case FIRST -> features.select(1, 0);
      case LAST -> features.select(1, features.size(1) - 1);
      case ATTENTION -> {
        Tensor shares = features.mean(-1).softmax(1).unsqueeze(1);
        yield shares.matmul(features).squeeze(1);
      }
    };
  }
}
