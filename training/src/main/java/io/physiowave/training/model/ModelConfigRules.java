package io.physiowave.training.model;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a configuration, so that all of it is told at once. */
final class ModelConfigRules {
  private final List<String> faults = new ArrayList<>();

  void require(boolean holds, String fault) {
    if (!holds) {
      faults.add(fault);
    }
  }

  void atLeast(String field, int value, int least) {
    require(value >= least, field + " " + value + " is below " + least);
  }

  void fraction(String field, double value) {
    require(value >= 0 && value <= 1, field + " " + value + " is not between 0 and 1");
  }

  void probability(String field, double value) {
    require(value >= 0 && value < 1, field + " " + value + " is not in [0, 1)");
  }

  /** The divisibility that attention heads, rotation and sinusoids need. */
  void widths(
      int embedDim, int numHeads, int ropeDim, boolean usePosEmbed, PositionEncoding posEmbedType) {
    if (!faults.isEmpty()) {
      return;
    }
    require(
        embedDim % numHeads == 0,
        "embed_dim " + embedDim + " is not a multiple of num_heads " + numHeads);
    int rotated = ropeDim == 0 ? embedDim / numHeads : ropeDim;
    require(
        rotated % 2 == 0,
        ropeDim == 0
            ? "embed_dim "
                + embedDim
                + " over num_heads "
                + numHeads
                + " must be even to be rotated"
            : "rope_dim " + ropeDim + " must be even");
    if (usePosEmbed) {
      int divisor = posEmbedType == PositionEncoding.FREQUENCY_AND_TIME ? 4 : 2;
      require(
          embedDim % divisor == 0,
          "embed_dim "
              + embedDim
              + " is not a multiple of "
              + divisor
              + ", as pos_embed_type "
              + posEmbedType.publishedName()
              + " needs");
    }
  }

  void check() {
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException("model configuration: " + String.join("; ", faults));
    }
  }
}
