package io.physiowave.training.model;

import static org.bytedeco.pytorch.global.torch.dropout;
import static org.bytedeco.pytorch.global.torch.gelu;
import static org.bytedeco.pytorch.global.torch.manual_seed;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;

/**
 * Several tasks at once on the features of one encoder, behind an optional layer that they share.
 * Parameters are named as in the published multi-task head ({@code shared_transform.1.weight},
 * {@code task_heads.NAME.head.4.bias}).
 */
public final class MultiTaskHead extends TorchModel {
  private final Heads heads;

  private MultiTaskHead(
      int embedDim, Map<String, HeadConfig> tasks, OptionalInt sharedDim, double dropout) {
    super(() -> new Heads(embedDim, tasks, sharedDim, dropout));
    heads = (Heads) module();
  }

  /**
   * New heads, in training mode on the CPU.
   *
   * @param embedDim features per token
   * @param tasks one head per name; none may read context
   * @param sharedDim width of the layer that all tasks share; empty for none
   * @param dropout after that layer
   * @param seed of libtorch's generators, which give the first values
   * @throws IllegalArgumentException if a head reads context values
   */
  public static MultiTaskHead create(
      int embedDim,
      Map<String, HeadConfig> tasks,
      OptionalInt sharedDim,
      double dropout,
      long seed) {
    tasks.forEach(
        (name, task) -> {
          if (task.contextValues() > 0) {
            throw new IllegalArgumentException(
                "task "
                    + name
                    + " of a multi-task head reads context values; only a model's own"
                    + " head can");
          }
        });
    manual_seed(seed);
    return new MultiTaskHead(embedDim, tasks, sharedDim, dropout);
  }

  /**
   * The raw outputs of every task.
   *
   * @param features of {@link PhysioWaveModel#features}, {@code [B, L, D]}
   * @return {@code [B, outputs]} by task, in the order given
   */
  public Map<String, Tensor> apply(Tensor features) {
    return heads.apply(features);
  }

  static final class Heads extends Module {
    private final Optional<LayerNorm> norm;
    private final Optional<Affine> shared;
    private final double dropout;
    private final Map<String, TaskHead> tasks = new LinkedHashMap<>();

    Heads(int embedDim, Map<String, HeadConfig> configs, OptionalInt sharedDim, double dropout) {
      super("MultiTaskHead");
      this.dropout = dropout;
      if (sharedDim.isPresent()) {
        Module transform = register_module("shared_transform", new Module("shared_transform"));
        norm = Optional.of(transform.register_module("0", new LayerNorm(embedDim)));
        shared =
            Optional.of(
                transform.register_module("1", Affine.linear(embedDim, sharedDim.getAsInt())));
      } else {
        norm = Optional.empty();
        shared = Optional.empty();
      }
      Module list = register_module("task_heads", new Module("task_heads"));
      configs.forEach(
          (name, config) ->
              tasks.put(
                  name,
                  list.register_module(name, new TaskHead(config, sharedDim.orElse(embedDim)))));
    }

    Map<String, Tensor> apply(Tensor features) {
      Tensor common = features;
      if (norm.isPresent() && shared.isPresent()) {
        Tensor hidden = gelu(shared.get().apply(norm.get().apply(features)));
        common = dropout(hidden, dropout, is_training());
      }
      Map<String, Tensor> outputs = new LinkedHashMap<>();
      for (Map.Entry<String, TaskHead> task : tasks.entrySet()) {
        TaskHead head = task.getValue();
        outputs.put(task.getKey(), head.apply(head.pool(common), Optional.empty()));
      }
      return outputs;
    }
  }
}
