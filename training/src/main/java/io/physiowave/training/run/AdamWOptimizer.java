package io.physiowave.training.run;

import static org.bytedeco.pytorch.global.torch.clip_grad_norm_;

import io.physiowave.training.model.Scopes;
import java.io.ByteArrayOutputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.ArchiveWriter;
import org.bytedeco.pytorch.InputArchive;
import org.bytedeco.pytorch.OptimizerParamGroup;
import org.bytedeco.pytorch.OptimizerParamGroupVector;
import org.bytedeco.pytorch.OutputArchive;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * AdamW (Loshchilov and Hutter 2019) over a fixed list of parameters, with a state that can be
 * saved. Owns native memory until closed.
 */
public final class AdamWOptimizer implements AutoCloseable {
  private static final double DEFAULT_FIRST_BETA = 0.9;

  private final PointerScope memory;
  private final TensorVector parameters;
  private final AdamW adam;

  /** As the other constructor, with the decay on all parameters. */
  public AdamWOptimizer(
      Collection<Tensor> trained, double weightDecay, double firstBeta, double secondBeta) {
    this(trained, weightDecay, false, firstBeta, secondBeta);
  }

  /**
   * Takes the parameters to train.
   *
   * @param trained tensors that require a gradient; they must outlive the optimizer
   * @param weightDecay decoupled decay, times the learning rate
   * @param matricesOnly whether biases, gains and other vectors are spared the decay
   * @param firstBeta decay of the mean gradient, 0 to below 1
   * @param secondBeta decay of the mean squared gradient, 0 to below 1
   */
  public AdamWOptimizer(
      Collection<Tensor> trained,
      double weightDecay,
      boolean matricesOnly,
      double firstBeta,
      double secondBeta) {
    PointerScope scope = new PointerScope();
    try {
      parameters = new TensorVector(trained.toArray(new Tensor[0]));
      Map<Boolean, List<Tensor>> groups =
          trained.stream()
              .collect(Collectors.partitioningBy(values -> !matricesOnly || values.dim() > 1));
      AdamWOptions decayed = options(weightDecay, firstBeta, secondBeta);
      adam = new AdamW(vector(groups.get(true)), decayed);
      if (!groups.get(false).isEmpty()) {
        adam.add_param_group(
            new OptimizerParamGroup(vector(groups.get(false)), options(0, firstBeta, secondBeta)));
      }
      memory = scope.extend();
    } finally {
      scope.close();
    }
  }

  private static TensorVector vector(List<Tensor> tensors) {
    return new TensorVector(tensors.toArray(new Tensor[0]));
  }

  private static AdamWOptions options(double weightDecay, double firstBeta, double secondBeta) {
    AdamWOptions options = new AdamWOptions(1e-4);
    options.weight_decay().put(weightDecay);
    setBetas(options, firstBeta, secondBeta);
    return options;
  }

  /** The two lie side by side in an order that the C++ library chooses. */
  private static void setBetas(AdamWOptions options, double first, double second) {
    DoublePointer betas = options.betas();
    int firstAt = betas.get(0) == DEFAULT_FIRST_BETA ? 0 : 1;
    betas.put(firstAt, first);
    betas.put(1 - firstAt, second);
  }

  /** Forgets the gradients. */
  public void zeroGradients() {
    adam.zero_grad();
  }

  /**
   * Scales the gradients down together when their norm is larger.
   *
   * @return the norm before
   */
  public double clipGradients(double largestNorm) {
    return clip_grad_norm_(parameters, largestNorm);
  }

  /** Changes the parameters by their gradients. */
  public void step(double learningRate) {
    Scopes.freeing(
        () -> {
          OptimizerParamGroupVector groups = adam.param_groups();
          for (long group = 0; group < groups.size(); group++) {
            groups.get(group).options().set_lr(learningRate);
          }
          adam.step();
        });
  }

  /** The moments of all parameters, as libtorch writes them. */
  public byte[] state() {
    // In memory: where it cannot write its own file, on a full disk, libtorch ends the process.
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    try (ArchiveWriter writer = new MemoryWriter(written)) {
      Scopes.freeing(
          () -> {
            OutputArchive archive = new OutputArchive();
            adam.save(archive);
            archive.save_to(writer);
          });
    }
    return written.toByteArray();
  }

  /** Takes what libtorch writes. */
  private static final class MemoryWriter extends ArchiveWriter {
    private final ByteArrayOutputStream out;

    MemoryWriter(ByteArrayOutputStream out) {
      this.out = out;
    }

    @Override
    public long call(Pointer bytes, long count) {
      byte[] copy = new byte[Math.toIntExact(count)];
      new BytePointer(bytes).get(copy);
      out.writeBytes(copy);
      return count;
    }
  }

  /**
   * Takes moments over.
   *
   * @param state from {@link #state} of an optimizer of the same parameters
   */
  public void restore(byte[] state) {
    Scopes.freeing(
        () -> {
          InputArchive archive = new InputArchive();
          archive.load_from(new BytePointer(state), state.length);
          adam.load(archive);
        });
  }

  @Override
  public void close() {
    memory.close();
  }
}
