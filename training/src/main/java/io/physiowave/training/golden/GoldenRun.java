package io.physiowave.training.golden;

import static org.bytedeco.pytorch.global.torch.cross_entropy_loss;
import static org.bytedeco.pytorch.global.torch.sigmoid;

import io.physiowave.training.model.Masking;
import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.PhysioWaveModel;
import io.physiowave.training.model.Reconstruction;
import io.physiowave.training.model.Scopes;
import io.physiowave.training.model.Task;
import io.physiowave.training.model.Tensors;
import io.physiowave.training.run.AdamWOptimizer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Computes the numbers of a comparison set with dropout off. */
final class GoldenRun {
  private static final double LABEL_SMOOTHING = 0.1;
  private static final double LEARNING_RATE = 1e-3;
  private static final double WEIGHT_DECAY = 0.01;
  private static final double FIRST_BETA = 0.9;
  private static final double SECOND_BETA = 0.95;

  private final PhysioWaveModel model;
  private final Tensor windows;
  private final Tensor labels;
  private final Tensor noise;
  private final Map<String, GoldenArray> arrays = new LinkedHashMap<>();
  private final Map<String, NamedValues> perParameter = new LinkedHashMap<>();

  private GoldenRun(PhysioWaveModel model, GoldenInput input) {
    this.model = model;
    windows = tensor(input.windows());
    labels = Tensor.create(input.labels(), input.labels().length);
    noise = tensor(input.maskNoise());
  }

  /** Runs everything; the model's parameters are those after one optimizer step afterwards. */
  static GoldenValues of(PhysioWaveModel model, GoldenInput input) {
    return Scopes.freeing(
        () -> {
          model.train(false);
          GoldenRun run = new GoldenRun(model, input);
          run.forward();
          run.pretrain();
          run.classify();
          return new GoldenValues(run.arrays, run.perParameter);
        });
  }

  private void forward() {
    keep("wavelet", model.bands(windows));
    keep("tokens", model.tokens(windows));
    keep("features", model.features(windows));
    for (String head : model.headNames()) {
      Tensor logits = model.logits(windows, head);
      if (head.equals(Task.CLASSIFICATION.publishedName())) {
        keep("logits", logits);
      } else if (head.equals(Task.MULTILABEL.publishedName())) {
        keep("multilabel_probabilities", sigmoid(logits));
      } else {
        keep(head, logits);
      }
    }
  }

  private void pretrain() {
    ModelConfig config = model.config();
    Tensor importance = Masking.importance(model.tokens(windows));
    Tensor mask =
        Masking.frequencyGuided(importance, noise, config.importanceRatio(), config.maskRatio());
    Reconstruction reconstruction = model.reconstruct(windows, mask);
    Tensor loss = reconstruction.loss();
    loss.backward();
    keep("importance", importance);
    keep("mask_noise", noise);
    keep("mask", mask);
    keep("target_patches", reconstruction.target());
    keep("pred_patches", reconstruction.predicted());
    keep("pretrain_loss", loss);
    perParameter.put("pretrain_grad_norm", gradientNorms());
    clearGradients();
  }

  private void classify() {
    String head = Task.CLASSIFICATION.publishedName();
    if (!model.headNames().contains(head)) {
      return;
    }
    Tensor loss =
        cross_entropy_loss(
            model.logits(windows, head),
            labels,
            new TensorOptional(),
            torch.Reduction.Mean.value,
            -100,
            LABEL_SMOOTHING);
    loss.backward();
    keep("classify_loss", loss);
    perParameter.put("classify_grad_norm", gradientNorms());
    step();
    perParameter.put("after_adamw_sum", ofTrained(GoldenRun::sum));
  }

  private void step() {
    try (AdamWOptimizer optimizer =
        new AdamWOptimizer(
            model.trainedParameters().values(), WEIGHT_DECAY, FIRST_BETA, SECOND_BETA)) {
      optimizer.step(LEARNING_RATE);
    }
  }

  private NamedValues gradientNorms() {
    return ofTrained(parameter -> norm(parameter.grad()));
  }

  private NamedValues ofTrained(ToDoubleFunction<Tensor> figure) {
    Map<String, Double> values = new LinkedHashMap<>();
    model
        .trainedParameters()
        .forEach(
            (name, parameter) -> {
              if (parameter.grad().defined()) {
                values.put(name, figure.applyAsDouble(parameter));
              }
            });
    return new NamedValues(values);
  }

  private static double norm(Tensor gradient) {
    double squares = 0;
    for (float value : Tensors.floats(gradient)) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }

  private static double sum(Tensor parameter) {
    double sum = 0;
    for (float value : Tensors.floats(parameter)) {
      sum += value;
    }
    return sum;
  }

  // To zero, not to none, as the references were made: what only pretraining uses then still decays
  // in the optimizer step.
  private void clearGradients() {
    for (Tensor parameter : model.trainedParameters().values()) {
      if (parameter.grad().defined()) {
        parameter.grad().zero_();
      }
    }
  }

  private void keep(String name, Tensor tensor) {
    int[] shape = new int[(int) tensor.dim()];
    for (int axis = 0; axis < shape.length; axis++) {
      shape[axis] = Math.toIntExact(tensor.size(axis));
    }
    arrays.put(name, new GoldenArray(shape, Tensors.floats(tensor.to(ScalarType.Float))));
  }

  private static Tensor tensor(GoldenArray array) {
    long[] shape = new long[array.shape().length];
    for (int axis = 0; axis < shape.length; axis++) {
      shape[axis] = array.shape()[axis];
    }
    return Tensor.create(array.values(), shape);
  }
}
