package io.physiowave.streaming.options;

import java.io.Serializable;
import java.time.Duration;

/**
 * How windows are put to the models.
 *
 * @param maximumBatch most windows in one call, 1 to 4096
 * @param maximumWait how long a window waits for company, 0 to 10 seconds
 * @param device where models run
 * @param threads threads within one call, 0 for one a core
 * @param optimisation how far the graph is rewritten when loading
 * @param trialTimeout how long a model on trial may take to load or for one call, 10 ms to 10 min
 * @param gpu what NVIDIA devices are told, if one is used
 * @param modelStore folder of a Flink file system that keeps a copy of each model, empty for none
 */
public record InferenceOptions(
    int maximumBatch,
    Duration maximumWait,
    DeviceChoice device,
    int threads,
    GraphOptimisation optimisation,
    Duration trialTimeout,
    GpuOptions gpu,
    String modelStore)
    implements Serializable {
  private static final Duration USUAL_TRIAL_TIMEOUT = Duration.ofSeconds(5);

  public InferenceOptions {
    new Problems()
        .require(
            maximumBatch >= 1 && maximumBatch <= 4096,
            "inference.max-batch is %d; expected 1 to 4096",
            maximumBatch)
        .require(
            !maximumWait.isNegative() && maximumWait.toMillis() <= 10_000,
            "inference.max-wait is %d ms; expected 0ms to 10s",
            maximumWait.toMillis())
        .require(
            threads >= 0 && threads <= 1024, "inference.threads is %d; expected 0 to 1024", threads)
        .require(
            trialTimeout.toMillis() >= 10 && trialTimeout.toMillis() <= 600_000,
            "inference.trial-timeout is %d ms; expected 10ms to 10min",
            trialTimeout.toMillis())
        .throwIfAny();
  }

  /** With the usual options for models on trial and for devices, without a store. */
  public InferenceOptions(
      int maximumBatch,
      Duration maximumWait,
      DeviceChoice device,
      int threads,
      GraphOptimisation optimisation) {
    this(
        maximumBatch,
        maximumWait,
        device,
        threads,
        optimisation,
        USUAL_TRIAL_TIMEOUT,
        GpuOptions.DEFAULT,
        "");
  }

  /** The same with a folder that keeps a copy of each model, empty for none. */
  public InferenceOptions withModelStore(String folder) {
    return new InferenceOptions(
        maximumBatch, maximumWait, device, threads, optimisation, trialTimeout, gpu, folder);
  }
}
