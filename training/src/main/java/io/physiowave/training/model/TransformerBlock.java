package io.physiowave.training.model;

import static org.bytedeco.pytorch.global.torch.add;
import static org.bytedeco.pytorch.global.torch.dropout;
import static org.bytedeco.pytorch.global.torch.gelu;

import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;

/** Attention and a two-layer network, each behind a norm and around a residual. */
final class TransformerBlock extends Module {
  private final double dropout;
  private final LayerNorm attentionNorm;
  private final RotaryAttention attention;
  private final LayerNorm networkNorm;
  private final Affine expand;
  private final Affine contract;

  TransformerBlock(ModelConfig config, AttentionKernel kernel) {
    super("TransformerBlock");
    dropout = config.dropout();
    attentionNorm = register_module("norm1", new LayerNorm(config.embedDim()));
    attention = register_module("attn", new RotaryAttention(config, kernel));
    networkNorm = register_module("norm2", new LayerNorm(config.embedDim()));
    Module network = register_module("mlp", new Module("mlp"));
    expand = network.register_module("0", Affine.linear(config.embedDim(), config.mlpDim()));
    contract = network.register_module("3", Affine.linear(config.mlpDim(), config.embedDim()));
  }

  Tensor apply(Tensor tokens, Tensor turns) {
    boolean training = is_training();
    Tensor between =
        Scopes.keeping(
            () -> {
              Tensor attended = attention.apply(attentionNorm.apply(tokens), turns);
              return add(tokens, dropout(attended, dropout, training));
            });
    Tensor hidden =
        Scopes.keeping(
            () -> dropout(gelu(expand.apply(networkNorm.apply(between))), dropout, training));
    // Twice: the published network ends in a dropout and the block adds its own.
    Tensor network = dropout(contract.apply(hidden), dropout, training);
    return add(between, dropout(network, dropout, training));
  }
}
