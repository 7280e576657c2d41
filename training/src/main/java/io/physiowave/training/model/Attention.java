package io.physiowave.training.model;

import static org.bytedeco.pytorch.global.torch.matmul;
import static org.bytedeco.pytorch.global.torch.mul;
import static org.bytedeco.pytorch.global.torch.scaled_dot_product_attention;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** Scaled dot-product attention over {@code [B, heads, length, width]}. */
final class Attention {
  private Attention() {}

  static Tensor attend(AttentionKernel kernel, Tensor query, Tensor key, Tensor value) {
    if (kernel == AttentionKernel.FUSED) {
      return scaled_dot_product_attention(query, key, value);
    }
    Scalar scale = new Scalar(1 / Math.sqrt((double) query.size(-1)));
    Tensor shares =
        Scopes.keeping(
            () ->
                Scopes.keeping(() -> mul(matmul(query, key.transpose(-2, -1)), scale)).softmax(-1));
    return matmul(shares, value);
  }

  /** {@code [B, N, heads * width]} to {@code [B, heads, N, width]}. */
  static Tensor splitHeads(Tensor features, int heads) {
    long width = features.size(2) / heads;
    return features.view(features.size(0), features.size(1), heads, width).transpose(1, 2);
  }

  /** {@code [B, heads, N, width]} to {@code [B, N, heads * width]}. */
  static Tensor joinHeads(Tensor features) {
    return features
        .transpose(1, 2)
        .reshape(features.size(0), features.size(2), features.size(1) * features.size(3));
  }
}
