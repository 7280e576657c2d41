package io.physiowave.streaming.infer;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.physiowave.streaming.options.DeviceChoice;
import io.physiowave.streaming.options.GraphOptimisation;
import io.physiowave.streaming.options.InferenceOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns inference options into ONNX Runtime's, and finds out which device really works. */
final class ExecutionDevice {
  private static final Logger LOG = LoggerFactory.getLogger(ExecutionDevice.class);

  private ExecutionDevice() {}

  /** Session options and the device they stand for. Close the options after loading. */
  record Session(SessionOptions options, DeviceChoice device) {}

  /**
   * Options for the device asked for; {@code auto} falls back to the processor, saying so.
   *
   * @throws IllegalStateException when a CUDA device was demanded and none works
   */
  static Session open(InferenceOptions inference) throws OrtException {
    DeviceChoice wanted = inference.device();
    if (wanted.kind() == DeviceChoice.Kind.CPU) {
      return new Session(base(inference), DeviceChoice.CPU);
    }
    boolean demanded = wanted.kind() == DeviceChoice.Kind.CUDA;
    if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
      if (demanded) {
        throw new IllegalStateException(
            "inference.device is "
                + wanted
                + ", but this ONNX Runtime was built without CUDA; build with the Maven profile"
                + " 'gpu', or set inference.device to cpu or auto");
      }
      return new Session(base(inference), DeviceChoice.CPU);
    }
    SessionOptions options = base(inference);
    try {
      // A listed provider may still fail to load its libraries: only adding it tells.
      options.addCUDA(wanted.index());
      return new Session(options, new DeviceChoice(DeviceChoice.Kind.CUDA, wanted.index()));
    } catch (OrtException e) {
      options.close();
      if (demanded) {
        throw new IllegalStateException(
            "inference.device is "
                + wanted
                + ", but CUDA does not work here: "
                + e.getMessage()
                + "; install the driver, CUDA 12 and cuDNN 9, or set inference.device to cpu",
            e);
      }
      LOG.warn("CUDA does not work here, so models run on the processor: {}", e.getMessage());
      return new Session(base(inference), DeviceChoice.CPU);
    }
  }

  private static SessionOptions base(InferenceOptions inference) throws OrtException {
    SessionOptions options = new SessionOptions();
    options.setIntraOpNumThreads(inference.threads());
    options.setInterOpNumThreads(1);
    options.setOptimizationLevel(level(inference.optimisation()));
    return options;
  }

  private static SessionOptions.OptLevel level(GraphOptimisation optimisation) {
    return switch (optimisation) {
      case NONE -> SessionOptions.OptLevel.NO_OPT;
      case BASIC -> SessionOptions.OptLevel.BASIC_OPT;
      case EXTENDED -> SessionOptions.OptLevel.EXTENDED_OPT;
      case ALL -> SessionOptions.OptLevel.ALL_OPT;
    };
  }
}
