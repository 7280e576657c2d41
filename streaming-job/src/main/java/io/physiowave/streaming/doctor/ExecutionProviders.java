package io.physiowave.streaming.doctor;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.physiowave.connectors.onnx.OnnxEnvironment;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * ONNX Runtime's execution providers: which of those that were built in really load. A listed
 * provider may lack its libraries or device, which only adding it and running a model tells.
 */
final class ExecutionProviders {
  private static final String NAME = "onnx runtime";
  private static final String ENGINE = "OnnxRuntime";
  private static final int FIRST_DEVICE = 0;

  private ExecutionProviders() {}

  /**
   * @param gpu whether the machine has an NVIDIA device, so that one that is not used is told of
   */
  static List<Finding> examine(boolean gpu) {
    EnumSet<OrtProvider> builtIn;
    List<Finding> findings = new ArrayList<>();
    try {
      OnnxEnvironment.keep();
      // Whoever serves models in this process needs DJL to have set up the environment.
      Engine.getEngine(ENGINE);
      builtIn = OrtEnvironment.getAvailableProviders();
      String version = OrtEnvironment.getEnvironment().getVersion();
      builtIn.forEach(provider -> findings.add(probe(provider, version)));
    } catch (LinkageError | EngineException e) {
      return List.of(
          Finding.fail(
              NAME,
              "its native library does not load: " + firstLine(e),
              "It needs a glibc of 2.27 or later (not Alpine's musl), x86-64 or ARM64, and a"
                  + " temporary folder that files can be executed from."));
    }
    if (gpu && !builtIn.contains(OrtProvider.CUDA)) {
      findings.add(
          Finding.warn(
              NAME,
              "this build has no CUDA, so the GPU is not used",
              "Build with it: PHYSIOWAVE_PROFILES=gpu ./physiowave doctor (docs/gpu.md)."));
    }
    return findings;
  }

  private static Finding probe(OrtProvider provider, String version) {
    String name = NAME + " " + version + " " + provider.getName();
    try (SessionOptions options = new SessionOptions()) {
      if (!add(provider, options)) {
        return Finding.ok(name, "built in, not used by this project and not tried");
      }
      ProbeModel.run(options);
      return Finding.ok(name, "loads and computes");
    } catch (OrtException e) {
      String found = "does not load: " + firstLine(e);
      return provider == OrtProvider.CPU
          ? Finding.fail(name, found, "Report this with 'physiowave doctor --json'.")
          : Finding.warn(name, found, advice(provider));
    }
  }

  /** Adds the provider to a session's options; false for one that is only listed. */
  private static boolean add(OrtProvider provider, SessionOptions options) throws OrtException {
    switch (provider) {
      case CPU -> options.setIntraOpNumThreads(1);
      case CUDA -> options.addCUDA(FIRST_DEVICE);
      case TENSOR_RT -> options.addTensorrt(FIRST_DEVICE);
      case CORE_ML -> options.addCoreML();
      case DIRECT_ML -> options.addDirectML(FIRST_DEVICE);
      default -> {
        return false;
      }
    }
    return true;
  }

  private static String advice(OrtProvider provider) {
    return switch (provider) {
      case CUDA ->
          "Models run on the processor. For the GPU: NVIDIA's driver, CUDA 12 and cuDNN 9; ONNX"
              + " Runtime's own error line names the library that is missing (docs/gpu.md).";
      case TENSOR_RT -> "Only needed for inference.device=tensorrt: install TensorRT 10 as well.";
      default -> "Models run on the processor.";
    };
  }

  private static String firstLine(Throwable failure) {
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return message.lines().findFirst().orElse("").strip();
  }
}
