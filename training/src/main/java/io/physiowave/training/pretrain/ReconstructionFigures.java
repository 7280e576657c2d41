package io.physiowave.training.pretrain;

import static org.bytedeco.pytorch.global.torch.abs;
import static org.bytedeco.pytorch.global.torch.add;
import static org.bytedeco.pytorch.global.torch.div;
import static org.bytedeco.pytorch.global.torch.mul;
import static org.bytedeco.pytorch.global.torch.sub;

import io.physiowave.training.model.Reconstruction;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * How well hidden patches were guessed: root mean squared and mean absolute error over their
 * samples, and the share of samples whose relative error is below a tenth.
 */
final class ReconstructionFigures {
  static final String LOSS = "loss";
  private static final double TOLERANCE = 0.1;
  private static final double LEAST = 1e-8;

  private ReconstructionFigures() {}

  /** Figures by name; call without recording gradients. */
  static Map<String, Double> of(Reconstruction pass, double loss) {
    Tensor mask = pass.mask().to(ScalarType.Float).unsqueeze(-1);
    double samples = Math.max(1, mask.sum().item_double() * (double) pass.target().size(2));
    Tensor error = abs(sub(pass.predicted(), pass.target()));
    Tensor close =
        div(error, add(abs(pass.target()), new Scalar(LEAST)))
            .lt(new Scalar(TOLERANCE))
            .to(ScalarType.Float);
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put(LOSS, loss);
    figures.put("accuracy", mul(close, mask).sum().item_double() / samples);
    figures.put("rmse", Math.sqrt(mul(mul(error, error), mask).sum().item_double() / samples));
    figures.put("mae", mul(error, mask).sum().item_double() / samples);
    return figures;
  }
}
