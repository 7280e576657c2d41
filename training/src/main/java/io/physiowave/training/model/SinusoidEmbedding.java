package io.physiowave.training.model;

import static org.bytedeco.pytorch.global.torch.add;
import static org.bytedeco.pytorch.global.torch.arange;
import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.div;
import static org.bytedeco.pytorch.global.torch.exp;
import static org.bytedeco.pytorch.global.torch.mul;
import static org.bytedeco.pytorch.global.torch.outer;
import static org.bytedeco.pytorch.global.torch.pow;
import static org.bytedeco.pytorch.global.torch.stack;

import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Adds sinusoids of the position to the tokens. */
final class SinusoidEmbedding extends Module {
  private static final int TABLE_LENGTH = 5000;
  private static final double BASE = 10000;

  private final PositionEncoding encoding;
  private final Tensor table;

  SinusoidEmbedding(ModelConfig config) {
    super("SinusoidEmbedding");
    encoding = config.posEmbedType();
    table =
        encoding == PositionEncoding.SEQUENCE
            ? Parameters.registerFixed(this, "pos_embed", interleaved(config.embedDim()))
            : new Tensor();
  }

  /**
   * Adds the embedding.
   *
   * @param tokens {@code [B, rows * columns, D]}
   * @param rows band rows
   */
  Tensor apply(Tensor tokens, long rows) {
    long length = tokens.size(1);
    if (encoding == PositionEncoding.SEQUENCE && length <= TABLE_LENGTH) {
      return add(tokens, table.narrow(1, 0, length));
    }
    Tensor sinusoids =
        encoding == PositionEncoding.SEQUENCE
            ? halves(length, tokens.size(2))
            : rowsAndColumns(rows, length / rows, tokens.size(2));
    return add(tokens, sinusoids.to(tokens.device(), tokens.scalar_type()));
  }

  /** The published model's table {@code [1, 5000, D]}: sine and cosine alternate. */
  private static Tensor interleaved(long width) {
    Tensor exponents = mul(count(0, width, 2), new Scalar(-(Math.log(BASE) / width)));
    Tensor angles = outer(count(0, TABLE_LENGTH, 1), exp(exponents));
    return stack(new TensorVector(angles.sin(), angles.cos()), 2)
        .reshape(1, TABLE_LENGTH, -1)
        .narrow(2, 0, width);
  }

  /** {@code [length, width]}: all sines, then all cosines. */
  private static Tensor halves(long length, long width) {
    Tensor exponents = div(count(0, width / 2, 1), new Scalar(width / 2.0));
    Tensor frequencies = pow(new Scalar(BASE), exponents).reciprocal();
    Tensor angles = outer(count(0, length, 1), frequencies);
    return cat(new TensorVector(angles.sin(), angles.cos()), 1);
  }

  /** {@code [rows * columns, width]}: the row in the first half, the column in the second. */
  private static Tensor rowsAndColumns(long rows, long columns, long width) {
    Tensor row = halves(rows, width / 2).unsqueeze(1).expand(rows, columns, width / 2);
    Tensor column =
        halves(columns, width - width / 2).unsqueeze(0).expand(rows, columns, width - width / 2);
    return cat(new TensorVector(row, column), 2).reshape(rows * columns, width);
  }

  private static Tensor count(long from, long to, long step) {
    return arange(
        new Scalar(from), new Scalar(to), new Scalar(step), new TensorOptions(ScalarType.Float));
  }
}
