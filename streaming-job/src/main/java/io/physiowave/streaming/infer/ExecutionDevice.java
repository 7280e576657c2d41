package io.physiowave.streaming.infer;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import io.physiowave.streaming.options.DeviceChoice;
import io.physiowave.streaming.options.DeviceChoice.Kind;
import io.physiowave.streaming.options.GpuOptions;
import io.physiowave.streaming.options.GraphOptimisation;
import io.physiowave.streaming.options.InferenceOptions;
import java.util.Map;
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
   * @throws IllegalStateException when a device was demanded and does not work
   */
  static Session open(InferenceOptions inference) throws OrtException {
    DeviceChoice wanted = inference.device();
    if (wanted.kind() == Kind.CPU) {
      return new Session(base(inference), DeviceChoice.CPU);
    }
    boolean demanded = wanted.kind() != Kind.AUTO;
    DeviceChoice device = demanded ? wanted : new DeviceChoice(Kind.CUDA, AssignedDevice.index());
    OrtProvider provider =
        device.kind() == Kind.TENSORRT ? OrtProvider.TENSOR_RT : OrtProvider.CUDA;
    if (!OrtEnvironment.getAvailableProviders().contains(provider)) {
      if (demanded) {
        throw new IllegalStateException(
            "inference.device is "
                + wanted
                + ", but this ONNX Runtime was built without it; build with the Maven profile"
                + " 'gpu', or set inference.device to cpu or auto");
      }
      return new Session(base(inference), DeviceChoice.CPU);
    }
    SessionOptions options = base(inference);
    try {
      // A listed provider may still fail to load its libraries: only adding it tells.
      add(device, inference.gpu(), options);
      return new Session(options, device);
    } catch (OrtException e) {
      options.close();
      if (demanded) {
        throw new IllegalStateException(
            "inference.device is "
                + wanted
                + ", but it does not work here: "
                + e.getMessage()
                + "; install the driver, CUDA 12 and cuDNN 9"
                + (device.kind() == Kind.TENSORRT ? " and TensorRT 10" : "")
                + ", look at inference.cuda-options and inference.tensorrt-options, or set"
                + " inference.device to cpu",
            e);
      }
      LOG.warn("{} does not work here, so models run on the processor: {}", device, e.getMessage());
      return new Session(base(inference), DeviceChoice.CPU);
    }
  }

  /** TensorRT first, if asked for; CUDA takes the nodes that it leaves. */
  private static void add(DeviceChoice device, GpuOptions gpu, SessionOptions options)
      throws OrtException {
    if (device.kind() == Kind.TENSORRT) {
      try (OrtTensorRTProviderOptions tensorRt = new OrtTensorRTProviderOptions(device.index())) {
        for (Map.Entry<String, String> option : gpu.tensorRt().entrySet()) {
          tensorRt.add(option.getKey(), option.getValue());
        }
        options.addTensorrt(tensorRt);
      }
    }
    try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(device.index())) {
      for (Map.Entry<String, String> option : gpu.cuda().entrySet()) {
        cuda.add(option.getKey(), option.getValue());
      }
      options.addCUDA(cuda);
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
