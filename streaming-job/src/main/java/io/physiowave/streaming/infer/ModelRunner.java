package io.physiowave.streaming.infer;

import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.TranslateException;
import io.physiowave.core.card.ModelCard;
import io.physiowave.streaming.model.ModelRefusedException;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.options.InferenceOptions;
import java.io.IOException;
import java.nio.FloatBuffer;

/** Puts batches to a model. For one thread at a time; close it when no call is under way. */
public final class ModelRunner implements AutoCloseable {
  private static final String PROBABILITIES = "probabilities";

  private final LoadedModel model;
  private final Runnable release;
  private final ModelCard card;
  private final Predictor<NDList, NDList> predictor;
  private final NDManager manager;
  private final LogitBias bias;

  private ModelRunner(LoadedModel model, Runnable release) {
    this.model = model;
    this.release = release;
    card = model.served().card();
    predictor = model.newPredictor();
    manager = model.newManager();
    bias = new LogitBias(card.decision().logitBias(), card.labels().size());
  }

  /**
   * Loads or shares a model and warms it up with batches of one and of the largest size.
   *
   * @throws IOException when the file cannot be read
   * @throws ModelRefusedException when the model does not answer as its card says
   */
  public static ModelRunner open(ServedModel served, InferenceOptions options) throws IOException {
    LoadedModels.Lease lease = LoadedModels.lease(served, options);
    boolean isReady = false;
    try {
      ModelRunner runner = warmedUp(lease.await(), lease::close, options);
      isReady = true;
      return runner;
    } finally {
      // Also after an Error, such as no room for a buffer: a share kept would stay for ever.
      if (!isReady) {
        lease.close();
      }
    }
  }

  /**
   * Runs a model that nobody has yet.
   *
   * @throws ModelRefusedException when it does not answer as its card says
   */
  static void tryOut(LoadedModel model, InferenceOptions options) {
    warmedUp(model, () -> {}, options).close();
  }

  private static ModelRunner warmedUp(
      LoadedModel model, Runnable release, InferenceOptions options) {
    ModelRunner runner = new ModelRunner(model, release);
    boolean isReady = false;
    try {
      runner.warmUp(options.maximumBatch());
      isReady = true;
      return runner;
    } finally {
      if (!isReady) {
        runner.close();
      }
    }
  }

  private void warmUp(int maximumBatch) {
    for (int batch : new int[] {1, maximumBatch}) {
      run(WindowBatch.buffer(model.served(), batch), batch);
    }
  }

  /** Floats a window. */
  public int inputSize() {
    return WindowBatch.inputSize(model.served());
  }

  /** Values an answer has for one window. */
  public int classes() {
    return card.labels().size();
  }

  /**
   * Runs a batch.
   *
   * @param inputs direct buffer in native order, {@code [batch][inputRows][windowSamples]}
   * @param batch windows in it, 1 or more
   * @return {@code float[batch * classes]}, row after row: probabilities with the card's bias
   * @throws ModelRefusedException when the model fails or answers in another shape
   */
  public float[] run(FloatBuffer inputs, int batch) {
    Shape shape = new Shape(batch, card.inputRows(), card.windowSamples());
    NDArray input = manager.create(inputs, shape, DataType.FLOAT32);
    try (NDList answer = predictor.predict(new NDList(input))) {
      NDArray probabilities = answer.get(PROBABILITIES);
      if (!isExpected(probabilities, batch)) {
        throw new ModelRefusedException(
            model.served()
                + ": expected an output '"
                + PROBABILITIES
                + "' of shape ("
                + batch
                + ", "
                + classes()
                + ") in float32, but the model answers "
                + describe(answer));
      }
      float[] rows = new float[batch * classes()];
      probabilities.toByteBuffer().asFloatBuffer().get(rows);
      bias.apply(rows);
      return rows;
    } catch (TranslateException e) {
      throw new ModelRefusedException(
          model.served()
              + ": the model fails on an input of shape "
              + shape
              + ": "
              + rootOf(e).getMessage(),
          e);
    } finally {
      input.close();
    }
  }

  /** Whether there is a row for each window: as many values may also be columns, or no floats. */
  private boolean isExpected(NDArray answer, int batch) {
    return answer != null
        && answer.getDataType() == DataType.FLOAT32
        && answer.getShape().dimension() > 0
        && answer.getShape().get(0) == batch
        && answer.getShape().size() == (long) batch * classes();
  }

  private static String describe(NDList answer) {
    StringBuilder text = new StringBuilder();
    for (NDArray array : answer) {
      text.append(text.isEmpty() ? "" : ", ")
          .append(array.getName())
          .append(array.getShape())
          .append(' ')
          .append(array.getDataType());
    }
    return text.toString();
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  @Override
  public void close() {
    predictor.close();
    manager.close();
    release.run();
  }
}
