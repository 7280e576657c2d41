package io.physiowave.training.model;

import static org.bytedeco.pytorch.global.torch.add;
import static org.bytedeco.pytorch.global.torch.fft_rfft;
import static org.bytedeco.pytorch.global.torch.mul;
import static org.bytedeco.pytorch.global.torch.randperm;
import static org.bytedeco.pytorch.global.torch.sub;
import static org.bytedeco.pytorch.global.torch.upsample_linear1d;
import static org.bytedeco.pytorch.global.torch.zeros;

import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.StringViewOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Chooses the tokens that are hidden while pretraining, and scores their reconstruction. */
public final class Masking {
  private Masking() {}

  /**
   * How many tokens a ratio hides.
   *
   * @return {@code floor(tokens * maskRatio)}
   */
  public static long count(long tokens, double maskRatio) {
    return (long) (tokens * maskRatio);
  }

  /**
   * Magnitudes of the spectrum along the token sequence, summed over features and stretched
   * linearly to one value per token.
   *
   * @param tokens {@code [B, L, D]}
   * @return {@code [B, L]}, without gradient
   */
  public static Tensor importance(Tensor tokens) {
    Tensor spectrum =
        fft_rfft(
            tokens.detach().to(ScalarType.Float), new LongOptional(), 1, new StringViewOptional());
    Tensor scores = spectrum.abs().sum(2).unsqueeze(1);
    return upsample_linear1d(scores, new long[] {tokens.size(1)}, true).squeeze(1);
  }

  /**
   * The tokens with the highest mix of importance and noise.
   *
   * @param importance {@code [B, L]}
   * @param noise uniform in 0 to 1, {@code [B, L]}
   * @param importanceRatio weight of the importance; the noise has the rest
   * @param maskRatio share of tokens to hide
   * @return boolean {@code [B, L]}, true where hidden
   */
  public static Tensor frequencyGuided(
      Tensor importance, Tensor noise, double importanceRatio, double maskRatio) {
    Tensor scores =
        add(
            mul(importance.detach(), new Scalar(importanceRatio)),
            mul(noise, new Scalar(1 - importanceRatio)));
    long count = count(importance.size(1), maskRatio);
    Tensor chosen = scores.topk(count, 1, true, true).get1();
    return nothing(importance).scatter_(1, chosen, new Scalar(1));
  }

  /**
   * Tokens drawn by libtorch's default generator, the same in every window.
   *
   * @param tokens {@code [B, L, D]}
   * @param maskRatio share of tokens to hide
   * @return boolean {@code [B, L]}, true where hidden
   */
  public static Tensor random(Tensor tokens, double maskRatio) {
    long count = count(tokens.size(1), maskRatio);
    Tensor chosen =
        randperm(tokens.size(1)).narrow(0, 0, count).to(tokens.device(), ScalarType.Long);
    return nothing(tokens.select(2, 0))
        .scatter_(1, chosen.unsqueeze(0).expand(tokens.size(0), count), new Scalar(1));
  }

  /**
   * Mean squared error over the samples of the hidden patches; zero when none is hidden.
   *
   * @param predicted {@code [B, L, patch]}
   * @param target {@code [B, L, patch]}
   * @param mask boolean {@code [B, L]}
   * @return a scalar with gradient
   */
  public static Tensor reconstructionLoss(Tensor predicted, Tensor target, Tensor mask) {
    Tensor difference = sub(predicted, target);
    Tensor perToken = mul(difference, difference).mean(-1);
    Tensor hidden = mask.to(ScalarType.Float);
    return mul(perToken, hidden).sum().div(hidden.sum().clamp_min(new Scalar(1.0)));
  }

  private static Tensor nothing(Tensor like) {
    return zeros(like.size(0), like.size(1)).to(like.device(), ScalarType.Bool);
  }
}
