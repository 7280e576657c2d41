package io.physiowave.training.model;

/** How attention is computed; both give the same values up to rounding. */
public enum AttentionKernel {
  /** libtorch's scaled_dot_product_attention, which never holds the whole score matrix. */
  FUSED,
  /** Matrix product, softmax, matrix product: the published form, for comparison. */
  PLAIN
}
