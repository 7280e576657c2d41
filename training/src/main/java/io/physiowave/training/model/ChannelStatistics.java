package io.physiowave.training.model;

import static org.bytedeco.pytorch.global.torch.add;
import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.div;
import static org.bytedeco.pytorch.global.torch.mul;
import static org.bytedeco.pytorch.global.torch.sub;
import static org.bytedeco.pytorch.global.torch.zeros;

import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * A linear discriminant on how strong each channel is and how channels go together, whose scores
 * are added to the network's logits. Strength and co-activation of electrodes say much of a gesture
 * and hardly depend on a subject's fine waveform, so on few subjects a classical discriminant on
 * them generalises better than a trained network (Phinyomark et al. 2012 for log amplitudes; Fisher
 * 1936 for the discriminant).
 *
 * <p>For a raw window {@code x[c][t]} in the data's unit and the floor {@code f} in the same unit
 * the values are, in this order: {@code log(sqrt(mean_t x[c]^2) + f)} of each channel, then of each
 * pair {@code c < d} the correlation {@code mean_t n[c] n[d]} with {@code n[c] = (x[c] - mean_t
 * x[c]) / sqrt(var_t x[c] + f^2)}.
 *
 * <p>Matrix and offset are fitted in closed form after the network was trained; until then they are
 * zero. No gradient reaches them.
 */
public final class ChannelStatistics extends Module {
  /** Under which the parameters are found in a checkpoint. */
  static final String NAME = "channel_statistics";

  private static final torch.ScalarType LONG = torch.ScalarType.Long;

  private final double floor;
  private final Tensor matrix;
  private final Tensor offset;

  ChannelStatistics(ModelConfig config) {
    super("ChannelStatistics");
    floor = config.channelStatistics();
    int values = count(config.inChannels());
    matrix = Parameters.registerFixed(this, "matrix", zeros(config.numClasses(), values));
    offset = Parameters.registerFixed(this, "offset", zeros(config.numClasses()));
  }

  /** Statistics of so many channels: one of each, and one of each pair. */
  public static int count(int channels) {
    return channels + channels * (channels - 1) / 2;
  }

  /** {@code [B, C, T]} raw to scores {@code [B, classes]}. */
  Tensor scores(Tensor signal) {
    return torch.linear(values(signal, floor), matrix, offset);
  }

  /**
   * What the discriminant reads: {@code [B, C, T]} raw to {@code [B, count(C)]}.
   *
   * @param floor in the unit of the signal, above 0
   */
  public static Tensor values(Tensor signal, double floor) {
    Tensor strength =
        add(meanOverTime(mul(signal, signal)).sqrt(), new Scalar(floor)).log().squeeze(2);
    int channels = (int) signal.size(1);
    if (channels == 1) {
      return strength;
    }
    Tensor centred = sub(signal, meanOverTime(signal));
    Tensor variance = meanOverTime(mul(centred, centred));
    Tensor scaled = div(centred, add(variance, new Scalar(floor * floor)).sqrt());
    Tensor correlation =
        div(scaled.matmul(scaled.transpose(1, 2)), new Scalar((double) signal.size(2)));
    Tensor pairs =
        correlation
            .reshape(signal.size(0), (long) channels * channels)
            .index_select(1, Tensor.create(pairs(channels)).to(signal.device(), LONG));
    return cat(new TensorVector(strength, pairs), 1);
  }

  /** Places of the pairs above the diagonal of a {@code C x C} matrix, row by row. */
  public static long[] pairs(int channels) {
    long[] places = new long[channels * (channels - 1) / 2];
    int next = 0;
    for (int first = 0; first < channels; first++) {
      for (int second = first + 1; second < channels; second++) {
        places[next++] = (long) first * channels + second;
      }
    }
    return places;
  }

  private static Tensor meanOverTime(Tensor signal) {
    return signal.mean(new long[] {2}, true, new ScalarTypeOptional());
  }
}
