package io.physiowave.training.model;

import static org.bytedeco.pytorch.global.torch.manual_seed;
import static org.bytedeco.pytorch.global.torch.rand_like;

import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * A PhysioWave model whose parameters live in libtorch: wavelet decomposition, transformer encoder,
 * reconstruction head and task heads.
 *
 * <p><b>Memory.</b> The model owns its parameters until {@link #close}, whatever {@link
 * PointerScope} it was made in. Every tensor that a method returns belongs to the caller: open one
 * {@code PointerScope} per training step or evaluated batch, so that all tensors of the step are
 * freed together, and read what outlives the step (a loss, probabilities) into plain numbers before
 * the scope ends.
 *
 * <pre>{@code
 * try (PhysioWaveModel model = PhysioWaveModel.create(config, 42)) {
 *   model.train(true);
 *   for (Batch batch : batches) {
 *     try (PointerScope step = new PointerScope()) {
 *       Tensor loss = cross_entropy_loss(model.logits(batch.windows()), batch.labels());
 *       loss.backward();
 *       optimizer.step();
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>Not safe for use by several threads at once. First values, masks and dropout are drawn from
 * libtorch's default generator.
 */
public final class PhysioWaveModel extends TorchModel {
  private static final String HEADS = "task_heads.";

  private final ModelConfig config;
  private final Network network;
  private boolean encoderFrozen;

  private PhysioWaveModel(
      ModelConfig config, Map<String, HeadConfig> heads, AttentionKernel kernel) {
    super(() -> new Network(config, heads, kernel));
    this.config = config;
    network = (Network) module();
  }

  /**
   * A new model with the head that its task names, or none when the task is pretrain, in training
   * mode on the CPU.
   *
   * @param seed of libtorch's generators, which give the first values
   */
  public static PhysioWaveModel create(ModelConfig config, long seed) {
    return create(config, HeadConfig.headsOf(config), AttentionKernel.FUSED, seed);
  }

  /**
   * A new model with any heads, in training mode on the CPU.
   *
   * @param heads by name, which may be any name without a dot; a head named as its task is what the
   *     published model calls it
   * @param seed of libtorch's generators, which give the first values
   * @throws IllegalArgumentException if a head's name is {@code pretrain}, empty, or has a dot
   */
  public static PhysioWaveModel create(
      ModelConfig config, Map<String, HeadConfig> heads, AttentionKernel kernel, long seed) {
    for (String name : heads.keySet()) {
      if (name.isEmpty() || name.contains(".") || name.equals(Task.PRETRAIN.publishedName())) {
        throw new IllegalArgumentException(
            "task head '" + name + "': the name must not be empty, hold a dot, or be 'pretrain'");
      }
    }
    manual_seed(seed);
    return new PhysioWaveModel(config, heads, kernel);
  }

  /** The configuration it was made from. */
  public ModelConfig config() {
    return config;
  }

  /**
   * The wavelet decomposition of the normalised signal.
   *
   * @param input {@code [B, C, T]}, or {@code [B, C + 1, T]} with a context row
   * @return {@code [B, (levels + 1) * C, T]}: details from the finest level on, then the
   *     approximation
   */
  public Tensor bands(Tensor input) {
    return network.bands(RawInput.signal(config, input));
  }

  /** Patch tokens with their positions, {@code [B, L, D]}, frequency-major. */
  public Tensor tokens(Tensor input) {
    Tensor bands = bands(input);
    return network.tokens(network.patches(bands), bands.size(1));
  }

  /** Encoded tokens, {@code [B, L, D]}. */
  public Tensor features(Tensor input) {
    if (!encoderFrozen) {
      return network.encode(tokens(input));
    }
    return Scopes.withoutGradient(() -> network.encode(tokens(input)));
  }

  /** The outputs of the head that the configuration's task names, {@code [B, outputs]}. */
  public Tensor logits(Tensor input) {
    return logits(input, config.task().publishedName());
  }

  /**
   * The raw outputs of a head, before any softmax or sigmoid.
   *
   * @param input {@code [B, C, T]}, or {@code [B, C + 1, T]} with a context row
   * @return {@code [B, outputs]}
   * @throws IllegalArgumentException if there is no such head, or the input has another shape
   */
  public Tensor logits(Tensor input, String head) {
    return predict(input, head).logits();
  }

  /** The features pooled as the configuration says, {@code [B, D]}: what its task's head reads. */
  public Tensor embedding(Tensor input) {
    return TaskHead.pool(features(input), config.pooling());
  }

  /** Outputs and pooled features of a head in one pass; arguments as {@link #logits}. */
  public Prediction predict(Tensor input, String head) {
    TaskHead taskHead = network.head(head);
    Tensor embedding = taskHead.pool(features(input));
    Tensor logits = taskHead.apply(embedding, RawInput.context(config, input));
    if (network.statistics().isPresent() && head.equals(config.task().publishedName())) {
      Tensor signal = input.narrow(1, 0, config.inChannels());
      logits = logits.add(network.statistics().get().scores(signal));
    }
    return new Prediction(logits, embedding);
  }

  /** The task heads that it has, in order; the reconstruction head is not among them. */
  public Set<String> headNames() {
    return network.headNames();
  }

  /** A pretraining pass with the configuration's mask ratio and strategy. */
  public Reconstruction reconstruct(Tensor input) {
    return reconstruct(input, config.maskRatio());
  }

  /**
   * A pretraining pass with a mask drawn by the configuration's strategy.
   *
   * @param maskRatio share of tokens to hide, 0 to 1
   */
  public Reconstruction reconstruct(Tensor input, double maskRatio) {
    Tensor bands = bands(input);
    Tensor patches = network.patches(bands);
    Tensor tokens = network.tokens(patches, bands.size(1));
    return reconstruct(patches, tokens, drawMask(tokens, maskRatio));
  }

  /**
   * A pretraining pass with a given mask.
   *
   * @param mask boolean {@code [B, L]}, true where the token is hidden
   */
  public Reconstruction reconstruct(Tensor input, Tensor mask) {
    Tensor bands = bands(input);
    Tensor patches = network.patches(bands);
    return reconstruct(patches, network.tokens(patches, bands.size(1)), mask);
  }

  private Reconstruction reconstruct(Tensor patches, Tensor tokens, Tensor mask) {
    Tensor predicted = network.reconstruct(network.encode(network.hide(tokens, mask)));
    return new Reconstruction(predicted, mask, patches);
  }

  private Tensor drawMask(Tensor tokens, double maskRatio) {
    if (config.maskingStrategy() == MaskingStrategy.RANDOM) {
      return Masking.random(tokens, maskRatio);
    }
    Tensor importance = Masking.importance(tokens);
    return Masking.frequencyGuided(
        importance, rand_like(importance), config.importanceRatio(), maskRatio);
  }

  /**
   * Trains the task heads only from now on: everything else keeps its values, gets no gradient and
   * is computed without a graph.
   */
  public void freezeEncoder() {
    encoderFrozen = true;
    parameters().forEach((name, values) -> values.set_requires_grad(name.startsWith(HEADS)));
  }
}
