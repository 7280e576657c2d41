package io.physiowave.training.model;

import static org.bytedeco.pytorch.global.torch.where;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;

/** The modules of the model in the tree, and under the names, of the published state dict. */
final class Network extends Module {
  private final Tensor maskToken;
  private final WaveletDecomposition decomposition;
  private final PatchEmbedding patchEmbedding;
  private final Optional<SinusoidEmbedding> positionEmbedding;
  private final TransformerEncoder encoder;
  private final ReconstructionHead reconstruction;
  private final Map<String, TaskHead> heads = new LinkedHashMap<>();
  private final Optional<ChannelStatistics> statistics;

  Network(ModelConfig config, Map<String, HeadConfig> headConfigs, AttentionKernel kernel) {
    super("PhysioWave");
    maskToken =
        Parameters.register(this, "mask_token", Parameters.normal(0.02, 1, 1, config.embedDim()));
    decomposition = register_module("wavelet_decomp", new WaveletDecomposition(config, kernel));
    patchEmbedding = register_module("patch_embed", new PatchEmbedding(config));
    positionEmbedding =
        config.usePosEmbed()
            ? Optional.of(register_module("pos_embed", new SinusoidEmbedding(config)))
            : Optional.empty();
    encoder = register_module("encoder", new TransformerEncoder(config, kernel));
    Module taskHeads = register_module("task_heads", new Module("task_heads"));
    reconstruction =
        taskHeads.register_module(Task.PRETRAIN.publishedName(), new ReconstructionHead(config));
    headConfigs.forEach(
        (name, head) ->
            heads.put(
                name, taskHeads.register_module(name, new TaskHead(head, config.embedDim()))));
    statistics =
        config.channelStatistics() > 0
            ? Optional.of(register_module(ChannelStatistics.NAME, new ChannelStatistics(config)))
            : Optional.empty();
  }

  /** The discriminant on the raw signal, if the model has one. */
  Optional<ChannelStatistics> statistics() {
    return statistics;
  }

  /** {@code [B, C, T]} to {@code [B, F, T]}. */
  Tensor bands(Tensor signal) {
    return decomposition.apply(signal);
  }

  /** {@code [B, F, T]} to {@code [B, L, patch]}. */
  Tensor patches(Tensor bands) {
    return patchEmbedding.patches(bands);
  }

  /** {@code [B, L, patch]} to {@code [B, L, D]}, with positions. */
  Tensor tokens(Tensor patches, long rows) {
    Tensor tokens = patchEmbedding.apply(patches);
    return positionEmbedding.isPresent() ? positionEmbedding.get().apply(tokens, rows) : tokens;
  }

  /** {@code [B, L, D]} to {@code [B, L, D]}. */
  Tensor encode(Tensor tokens) {
    return encoder.apply(tokens);
  }

  /** The tokens with the mask token in place of those that {@code mask [B, L]} hides. */
  Tensor hide(Tensor tokens, Tensor mask) {
    return where(mask.unsqueeze(-1), maskToken, tokens);
  }

  /** {@code [B, L, D]} to {@code [B, L, patch]}. */
  Tensor reconstruct(Tensor features) {
    return reconstruction.apply(features);
  }

  Set<String> headNames() {
    return Collections.unmodifiableSet(heads.keySet());
  }

  TaskHead head(String name) {
    TaskHead head = heads.get(name);
    if (head == null) {
      throw new IllegalArgumentException(
          "no task head named '" + name + "'; the model has " + heads.keySet());
    }
    return head;
  }
}
