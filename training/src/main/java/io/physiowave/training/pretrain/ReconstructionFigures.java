package io.physiowave.training.pretrain;

import static org.bytedeco.pytorch.global.torch.abs;
import static org.bytedeco.pytorch.global.torch.add;
import static org.bytedeco.pytorch.global.torch.div;
import static org.bytedeco.pytorch.global.torch.mul;
import static org.bytedeco.pytorch.global.torch.sub;

import io.physiowave.training.distributed.ProcessGroup;
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
  private static final String[] NAMES = {LOSS, "accuracy", "rmse", "mae"};
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

  /** Every figure at 0, to add to. */
  static Map<String, Double> none() {
    Map<String, Double> figures = new LinkedHashMap<>();
    for (String name : NAMES) {
      figures.put(name, 0.0);
    }
    return figures;
  }

  /**
   * The figures of all processes' windows together.
   *
   * @param own of this process
   * @param weight of them, for example its number of windows
   */
  static Map<String, Double> together(Map<String, Double> own, double weight, ProcessGroup group) {
    if (group.size() == 1) {
      return own;
    }
    double[] weighed = new double[NAMES.length + 1];
    for (int i = 0; i < NAMES.length; i++) {
      weighed[i] = own.get(NAMES[i]) * weight;
    }
    weighed[NAMES.length] = weight;
    double[] sums = group.sum(weighed);
    Map<String, Double> figures = new LinkedHashMap<>();
    for (int i = 0; i < NAMES.length; i++) {
      figures.put(NAMES[i], sums[i] / sums[NAMES.length]);
    }
    return figures;
  }
}
