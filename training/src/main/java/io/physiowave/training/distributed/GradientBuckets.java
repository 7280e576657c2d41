package io.physiowave.training.distributed;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.zeros;

import io.physiowave.training.model.Tensors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.Work;

/**
 * Averages gradients over processes, many small tensors at a time: those of one bucket travel as
 * one flat tensor, and while one bucket is under way the next is made.
 *
 * <p>Behind the gradients of a bucket travel, for each parameter, whether it has a gradient at all,
 * and at the end the process's weight; everything is multiplied by the weight first. So the sum
 * holds all that the mean needs, and a process whose share of a batch is empty takes part with
 * weight 0.
 */
final class GradientBuckets {
  private static final long BUCKET_VALUES = (25L << 20) / Float.BYTES;

  private final List<List<Tensor>> buckets = new ArrayList<>();

  /**
   * Divides parameters into buckets.
   *
   * @param parameters in the same order in every process
   */
  GradientBuckets(Collection<Tensor> parameters) {
    List<Tensor> bucket = new ArrayList<>();
    long values = 0;
    for (Tensor parameter : parameters) {
      if (!bucket.isEmpty() && values + parameter.numel() > BUCKET_VALUES) {
        buckets.add(bucket);
        bucket = new ArrayList<>();
        values = 0;
      }
      bucket.add(parameter);
      values += parameter.numel();
    }
    if (!bucket.isEmpty()) {
      buckets.add(bucket);
    }
  }

  /** How many there are. */
  int size() {
    return buckets.size();
  }

  /**
   * Replaces each gradient by the weighted mean over all processes; call within a scope and without
   * recording gradients.
   *
   * @param weight of this process's gradients, 0 or more
   * @param placed puts a new tensor where the parameters are
   * @param sum starts to add a tensor up over all processes, in place
   */
  void average(double weight, UnaryOperator<Tensor> placed, Sum sum) {
    List<Tensor> flats = new ArrayList<>();
    List<Work> works = new ArrayList<>();
    for (List<Tensor> bucket : buckets) {
      Tensor flat = flatten(bucket, placed).mul_(new Scalar(weight));
      flats.add(flat);
      works.add(sum.start(flat));
    }
    for (int i = 0; i < flats.size(); i++) {
      sum.await(works.get(i));
      spread(flats.get(i), buckets.get(i));
    }
  }

  /** A sum over all processes that goes on in the background. */
  interface Sum {
    Work start(Tensor values);

    void await(Work work);
  }

  private static Tensor flatten(List<Tensor> bucket, UnaryOperator<Tensor> placed) {
    TensorVector parts = new TensorVector();
    float[] tail = new float[bucket.size() + 1];
    tail[bucket.size()] = 1;
    for (int i = 0; i < bucket.size(); i++) {
      Tensor gradient = bucket.get(i).grad();
      boolean defined = gradient.defined();
      tail[i] = defined ? 1 : 0;
      parts.push_back(defined ? gradient.reshape(-1) : placed.apply(zeros(bucket.get(i).numel())));
    }
    parts.push_back(placed.apply(Tensor.create(tail, tail.length)));
    return cat(parts);
  }

  private static void spread(Tensor flat, List<Tensor> bucket) {
    long tailAt = flat.numel() - bucket.size() - 1;
    float[] tail = Tensors.floats(flat.narrow(0, tailAt, bucket.size() + 1L));
    float weight = tail[bucket.size()];
    if (weight == 0) {
      throw new IllegalStateException("no process had a window; expected at least one a step");
    }
    flat.div_(new Scalar(weight));
    long at = 0;
    for (int i = 0; i < bucket.size(); i++) {
      Tensor parameter = bucket.get(i);
      if (tail[i] > 0) {
        Tensor mean = flat.narrow(0, at, parameter.numel()).reshape(parameter.shape());
        if (parameter.grad().defined()) {
          parameter.grad().copy_(mean);
        } else {
          parameter.mutable_grad().put(mean.clone());
        }
      }
      at += parameter.numel();
    }
  }
}
