package io.physiowave.training.model;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.manual_seed;

import java.util.Map;
import java.util.OptionalInt;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * An encoder with the published multi-task head on it: several answers to each window at once.
 *
 * <p>Parameters are those of {@link PhysioWaveModel} behind {@value #ENCODER}, for example {@code
 * model.encoder.blocks.0.attn.qkv.weight}, and those of {@link MultiTaskHead} behind {@value
 * #HEADS}, for example {@code multi_task_head.task_heads.NAME.head.4.bias}. Memory and threads as
 * in {@link PhysioWaveModel}.
 */
public final class MultiTaskModel extends TorchModel {
  /** What the names of the encoder's parameters begin with. */
  public static final String ENCODER = "model.";

  /** What the names of the heads' parameters begin with. */
  public static final String HEADS = "multi_task_head.";

  private final ModelConfig config;
  private final MultiTaskConfig tasks;
  private final Joint joint;
  private boolean encoderFrozen;

  private MultiTaskModel(ModelConfig config, MultiTaskConfig tasks) {
    super(() -> new Joint(config, tasks));
    this.config = config;
    this.tasks = tasks;
    joint = (Joint) module();
  }

  /**
   * A new model, in training mode on the CPU.
   *
   * @param config of the encoder: task pretrain, without context values and channel statistics
   * @param seed of libtorch's generators, which give the first values
   * @throws IllegalArgumentException if the configuration has what only a model's own head can use
   */
  public static MultiTaskModel create(ModelConfig config, MultiTaskConfig tasks, long seed) {
    if (config.task() != Task.PRETRAIN
        || config.contextValues() > 0
        || config.channelStatistics() > 0) {
      throw new IllegalArgumentException(
          "several tasks on a model of task "
              + config.task().publishedName()
              + " with "
              + config.contextValues()
              + " context values and channel_statistics "
              + config.channelStatistics()
              + "; expected task pretrain, 0 and 0: multi-task heads read the encoder alone");
    }
    manual_seed(seed);
    return new MultiTaskModel(config, tasks);
  }

  /** The encoder's configuration. */
  public ModelConfig config() {
    return config;
  }

  /** Its heads. */
  public MultiTaskConfig tasks() {
    return tasks;
  }

  /**
   * The raw outputs of every task.
   *
   * @param input {@code [B, C, T]}
   * @return {@code [B, outputs]} by task, in order
   */
  public Map<String, Tensor> outputs(Tensor input) {
    return joint.heads.apply(features(input));
  }

  /** The raw outputs of all tasks side by side, {@code [B, outputs of all]}. */
  public Tensor logits(Tensor input) {
    return cat(new TensorVector(outputs(input).values().toArray(new Tensor[0])), 1);
  }

  private Tensor features(Tensor input) {
    return encoderFrozen ? Scopes.withoutGradient(() -> encode(input)) : encode(input);
  }

  private Tensor encode(Tensor input) {
    Tensor bands = joint.encoder.bands(RawInput.signal(config, input));
    return joint.encoder.encode(joint.encoder.tokens(joint.encoder.patches(bands), bands.size(1)));
  }

  /** Trains the heads only from now on, as {@link PhysioWaveModel#freezeEncoder}. */
  public void freezeEncoder() {
    encoderFrozen = true;
    parameters().forEach((name, values) -> values.set_requires_grad(name.startsWith(HEADS)));
  }

  private static final class Joint extends Module {
    private final Network encoder;
    private final MultiTaskHead.Heads heads;

    Joint(ModelConfig config, MultiTaskConfig tasks) {
      super("MultiTask");
      encoder = register_module("model", new Network(config, Map.of(), AttentionKernel.FUSED));
      OptionalInt shared =
          tasks.sharedDim() == 0 ? OptionalInt.empty() : OptionalInt.of(tasks.sharedDim());
      heads =
          register_module(
              "multi_task_head",
              new MultiTaskHead.Heads(config.embedDim(), tasks.tasks(), shared, tasks.dropout()));
    }
  }
}
