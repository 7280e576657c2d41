package io.physiowave.training.model;

import static org.bytedeco.pytorch.global.torch.abs;
import static org.bytedeco.pytorch.global.torch.add;
import static org.bytedeco.pytorch.global.torch.div;
import static org.bytedeco.pytorch.global.torch.log1p;
import static org.bytedeco.pytorch.global.torch.mul;
import static org.bytedeco.pytorch.global.torch.sign;
import static org.bytedeco.pytorch.global.torch.sub;

import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** Splits the input into normalised signal and context values. */
final class RawInput {
  private RawInput() {}

  /**
   * The signal rows, normalised.
   *
   * @param input {@code [B, C, T]}, or {@code [B, C + 1, T]} with a context row
   * @throws IllegalArgumentException if the input has another shape
   */
  static Tensor signal(ModelConfig config, Tensor input) {
    if (input.dim() != 3 || input.size(1) != config.inputRows()) {
      throw new IllegalArgumentException(
          "input of shape "
              + java.util.Arrays.toString(input.shape())
              + "; expected [batch, "
              + config.inputRows()
              + ", samples]");
    }
    config.tokens((int) input.size(2));
    Tensor signal = input.narrow(1, 0, config.inChannels());
    return normalise(config.normalisation(), signal);
  }

  /** The context values {@code [B, K]}, read at the centre of each of the row's K segments. */
  static Optional<Tensor> context(ModelConfig config, Tensor input) {
    int count = config.contextValues();
    if (count == 0) {
      return Optional.empty();
    }
    long[] centres = new long[count];
    for (int value = 0; value < count; value++) {
      centres[value] = (long) Math.floor((value + 0.5) * input.size(2) / count);
    }
    Tensor indices = Tensor.create(centres, count).to(input.device(), input.scalar_type());
    return Optional.of(
        input
            .select(1, config.inChannels())
            .index_select(1, indices.to(org.bytedeco.pytorch.global.torch.ScalarType.Long)));
  }

  private static Tensor normalise(Normalisation normalisation, Tensor signal) {
    if (normalisation instanceof Normalisation.WindowZScore zScore) {
      Tensor centred = sub(signal, signal.mean(new long[] {2}, true, noType()));
      Tensor variance = mul(centred, centred).mean(new long[] {2}, true, noType());
      return div(centred, add(variance, new Scalar(zScore.epsilon())).sqrt());
    }
    if (normalisation instanceof Normalisation.Fixed fixed) {
      return add(
          mul(signal, perChannel(fixed.scale(), signal)), perChannel(fixed.offset(), signal));
    }
    if (normalisation instanceof Normalisation.FixedCompressed compressed) {
      Tensor scaled = div(abs(signal), perChannel(compressed.scale(), signal));
      return mul(sign(signal), log1p(scaled));
    }
    return signal;
  }

  private static org.bytedeco.pytorch.ScalarTypeOptional noType() {
    return new org.bytedeco.pytorch.ScalarTypeOptional();
  }

  private static Tensor perChannel(List<Float> constants, Tensor signal) {
    float[] values = new float[constants.size()];
    for (int channel = 0; channel < values.length; channel++) {
      values[channel] = constants.get(channel);
    }
    return Tensor.create(values, 1, values.length, 1).to(signal.device(), signal.scalar_type());
  }
}
