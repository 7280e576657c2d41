package io.physiowave.streaming.infer;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.translate.NoopTranslator;
import ai.onnxruntime.OrtException;
import io.physiowave.connectors.onnx.OnnxEnvironment;
import io.physiowave.streaming.model.KeptCopy;
import io.physiowave.streaming.model.ModelFiles;
import io.physiowave.streaming.model.ModelRefusedException;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.options.DeviceChoice;
import io.physiowave.streaming.options.InferenceOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import org.apache.flink.util.IOUtils;

/**
 * An ONNX model in memory: one session, which any number of {@link ModelRunner}s may use at the
 * same time. Owned by {@link LoadedModels}.
 */
final class LoadedModel implements AutoCloseable {
  private static final String ENGINE = "OnnxRuntime";

  private final ServedModel served;
  private final Model model;
  private final DeviceChoice device;
  private final KeptCopy copy;

  private LoadedModel(ServedModel served, Model model, DeviceChoice device, KeptCopy copy) {
    this.served = served;
    this.model = model;
    this.device = device;
    this.copy = copy;
  }

  /**
   * Reads and loads a model, of which the job's store keeps a copy from then on.
   *
   * @throws ModelRefusedException when no file of the hash that the job was told is found, or ONNX
   *     Runtime does not accept it
   */
  static LoadedModel load(ServedModel served, InferenceOptions options) throws IOException {
    ModelFiles.Found found =
        ModelFiles.with(options.modelStore()).read(served.location(), served.sha256());
    quietLibraries();
    OnnxEnvironment.keep();
    // DJL must set up the environment before anyone touches ONNX Runtime directly.
    Engine.getEngine(ENGINE);
    ExecutionDevice.Session session = null;
    Model model = Model.newInstance(served.card().name(), Device.cpu(), ENGINE);
    boolean isLoaded = false;
    try {
      session = ExecutionDevice.open(options);
      model.load(
          new ByteArrayInputStream(found.bytes()), Map.of("sessionOptions", session.options()));
      isLoaded = true;
      return new LoadedModel(served, model, session.device(), found.keep());
    } catch (MalformedModelException | OrtException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new ModelRefusedException(
          served.location() + ": ONNX Runtime refuses the model: " + cause.getMessage(), e);
    } finally {
      if (session != null) {
        session.options().close();
      }
      // DJL makes an empty folder for models that do not come from a file, also for refused ones.
      if (model.getModelPath() != null) {
        IOUtils.deleteFileQuietly(model.getModelPath());
      }
      if (!isLoaded) {
        model.close();
      }
    }
  }

  /** Neither library reports home from a hospital's network. */
  private static void quietLibraries() {
    System.setProperty("OPT_OUT_TRACKING", "true");
  }

  /** What the job knows of the model. */
  ServedModel served() {
    return served;
  }

  /** Where it runs. */
  DeviceChoice device() {
    return device;
  }

  /** Whether a copy should be in the job's store and is not. */
  boolean isCopyMissing() {
    return copy.isMissing();
  }

  Predictor<NDList, NDList> newPredictor() {
    return model.newPredictor(new NoopTranslator());
  }

  NDManager newManager() {
    return model.getNDManager().newSubManager();
  }

  @Override
  public void close() {
    copy.close();
    model.close();
  }
}
