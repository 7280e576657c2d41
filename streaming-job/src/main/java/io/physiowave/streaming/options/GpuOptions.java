package io.physiowave.streaming.options;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What ONNX Runtime's providers for NVIDIA devices are told, by its own names; it reads and refuses
 * the values when a device is opened.
 *
 * @param cuda options of the CUDA provider, e.g. {@code gpu_mem_limit}
 * @param tensorRt options of the TensorRT provider, e.g. {@code trt_fp16_enable}
 */
public record GpuOptions(Map<String, String> cuda, Map<String, String> tensorRt)
    implements Serializable {
  private static final Set<String> CUDA =
      Set.of(
          "gpu_mem_limit",
          "arena_extend_strategy",
          "cudnn_conv_algo_search",
          "cudnn_conv_use_max_workspace",
          "cudnn_conv1d_pad_to_nc1d",
          "do_copy_in_default_stream",
          "use_ep_level_unified_stream",
          "enable_skip_layer_norm_strict_mode",
          "fuse_conv_bias",
          "prefer_nhwc",
          "sdpa_kernel",
          "tunable_op_enable",
          "tunable_op_tuning_enable",
          "tunable_op_max_tuning_duration_ms",
          "use_tf32");

  private static final String TENSOR_RT = "trt_";

  /** Batches differ in size: an exhaustive search would begin anew with each new one. */
  public static final GpuOptions DEFAULT =
      new GpuOptions(
          Map.of(
              "arena_extend_strategy", "kSameAsRequested",
              "cudnn_conv_algo_search", "HEURISTIC"),
          Map.of());

  public GpuOptions {
    cuda = Map.copyOf(cuda);
    tensorRt = Map.copyOf(tensorRt);
    Problems problems = new Problems();
    for (String name : cuda.keySet()) {
      problems.require(
          CUDA.contains(name),
          "inference.cuda-options has '%s'; expected one of %s",
          name,
          CUDA.stream().sorted().toList());
    }
    for (String name : tensorRt.keySet()) {
      problems.require(
          name.startsWith(TENSOR_RT),
          "inference.tensorrt-options has '%s'; expected names that begin with %s",
          name,
          TENSOR_RT);
    }
    problems.throwIfAny();
  }

  /** The same with further options, which win over those of the same name. */
  GpuOptions with(Map<String, String> furtherCuda, Map<String, String> furtherTensorRt) {
    return new GpuOptions(merged(cuda, furtherCuda), merged(tensorRt, furtherTensorRt));
  }

  private static Map<String, String> merged(Map<String, String> base, Map<String, String> over) {
    Map<String, String> merged = new HashMap<>(base);
    merged.putAll(over);
    return merged;
  }
}
