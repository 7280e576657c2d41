package io.physiowave.training.model;

import static org.bytedeco.pytorch.global.torch.arange;
import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.div;
import static org.bytedeco.pytorch.global.torch.mul;
import static org.bytedeco.pytorch.global.torch.ones_like;
import static org.bytedeco.pytorch.global.torch.outer;
import static org.bytedeco.pytorch.global.torch.polar;
import static org.bytedeco.pytorch.global.torch.pow;
import static org.bytedeco.pytorch.global.torch.view_as_complex;
import static org.bytedeco.pytorch.global.torch.view_as_real;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Rotary position embedding: pairs of features turn by an angle that grows with the position. */
final class RotaryPositions {
  private static final double BASE = 10000;

  private RotaryPositions() {}

  /** Unit complex numbers {@code [length, width / 2]} on the device of {@code like}. */
  static Tensor turns(long length, long width, Tensor like) {
    Tensor exponents = div(count(0, width, 2), new Scalar((double) width));
    Tensor frequencies = pow(new Scalar(BASE), exponents).reciprocal();
    Tensor angles = outer(count(0, length, 1), frequencies);
    return polar(ones_like(angles), angles).to(like.device(), ScalarType.ComplexFloat);
  }

  /**
   * Turns the leading features of every head.
   *
   * @param features {@code [B, N, parts, heads, width]}
   * @param turns of the first {@code 2 * turns.size(1)} features
   */
  static Tensor rotate(Tensor features, Tensor turns) {
    long width = features.size(4);
    long rotated = 2 * turns.size(1);
    Tensor pairs =
        features
            .narrow(4, 0, rotated)
            .to(ScalarType.Float)
            .reshape(
                features.size(0),
                features.size(1),
                features.size(2),
                features.size(3),
                rotated / 2,
                2);
    Tensor turned =
        view_as_real(
            mul(view_as_complex(pairs), turns.view(1, turns.size(0), 1, 1, turns.size(1))));
    Tensor flat = turned.flatten(4, 5);
    return rotated == width
        ? flat
        : cat(new TensorVector(flat, features.narrow(4, rotated, width - rotated)), 4);
  }

  private static Tensor count(long from, long to, long step) {
    return arange(
        new Scalar(from), new Scalar(to), new Scalar(step), new TensorOptions(ScalarType.Float));
  }
}
