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
import io.physiowave.streaming.model.ModelFile;
import io.physiowave.streaming.model.ModelRefusedException;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.options.DeviceChoice;
import io.physiowave.streaming.options.InferenceOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;

/**
 * An ONNX model in memory: one session, which any number of {@link ModelRunner}s may use at the
 * same time. Owned by {@link LoadedModels}.
 */
final class LoadedModel implements AutoCloseable {
  private static final String ENGINE = "OnnxRuntime";

  private final ServedModel served;
  private final Model model;
  private final DeviceChoice device;

  private LoadedModel(ServedModel served, Model model, DeviceChoice device) {
    this.served = served;
    this.model = model;
    this.device = device;
  }

  /**
   * Reads and loads a model.
   *
   * @throws ModelRefusedException when the file is not the one whose hash the job was told, or ONNX
   *     Runtime does not accept it
   */
  static LoadedModel load(ServedModel served, InferenceOptions options) throws IOException {
    ModelFile file = ModelFile.read(served.location());
    if (!file.sha256().equals(served.sha256())) {
      throw new ModelRefusedException(
          served.location()
              + ": the file's SHA-256 is "
              + file.sha256()
              + "; expected "
              + served.sha256()
              + ": it was changed since the job was told of it");
    }
    quietLibraries();
    // DJL must set up the environment before anyone touches ONNX Runtime directly.
    Engine.getEngine(ENGINE);
    ExecutionDevice.Session session = null;
    Model model = Model.newInstance(served.card().name(), Device.cpu(), ENGINE);
    try {
      session = ExecutionDevice.open(options);
      model.load(
          new ByteArrayInputStream(file.bytes()), Map.of("sessionOptions", session.options()));
      // DJL makes an empty folder for models that do not come from a file.
      Files.deleteIfExists(model.getModelPath());
      return new LoadedModel(served, model, session.device());
    } catch (MalformedModelException | OrtException e) {
      model.close();
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new ModelRefusedException(
          served.location() + ": ONNX Runtime refuses the model: " + cause.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      model.close();
      throw e;
    } finally {
      if (session != null) {
        session.options().close();
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

  Predictor<NDList, NDList> newPredictor() {
    return model.newPredictor(new NoopTranslator());
  }

  NDManager newManager() {
    return model.getNDManager().newSubManager();
  }

  @Override
  public void close() {
    model.close();
  }
}
