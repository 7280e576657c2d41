package io.physiowave.streaming;

import io.physiowave.streaming.options.JobOptions;
import io.physiowave.streaming.options.ModelOptions;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Flink's own settings, as this job needs them. */
final class EnvironmentSettings {
  private EnvironmentSettings() {}

  static void apply(StreamExecutionEnvironment env, JobOptions options) {
    Configuration settings = new Configuration();
    // A type that would need Kryo is a programming error here: refuse it when the job is built.
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(PipelineOptions.MAX_PARALLELISM, options.run().maximumParallelism());
    settings.set(ExecutionOptions.BUFFER_TIMEOUT, options.run().bufferTimeout());
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, options.checkpoint().interval());
    settings.set(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    options
        .checkpoint()
        .directory()
        .ifPresentOrElse(
            directory -> keepCheckpoints(settings, directory),
            () -> keepCheckpointsWhereverPossible(env, settings));
    leaveToCluster(env, settings);
    env.configure(settings);
    env.setParallelism(options.run().parallelism());
  }

  /**
   * Where copies of the models are kept: what a state refers to lies beside it. Ask before {@link
   * #apply}, which may name a folder that ends with the process.
   *
   * @return a folder, or empty for none
   */
  static String modelStore(StreamExecutionEnvironment env, JobOptions options) {
    if (options.models().store().isPresent()) {
      String given = options.models().store().get();
      return given.equals(ModelOptions.NO_STORE) ? "" : given;
    }
    return options
        .checkpoint()
        .directory()
        .or(() -> env.getConfiguration().getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY))
        .map(directory -> new Path(directory, ModelOptions.DEFAULT_STORE).toString())
        .orElse("");
  }

  private static void keepCheckpoints(Configuration settings, String directory) {
    settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory);
    settings.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
  }

  private static void keepCheckpointsWhereverPossible(
      StreamExecutionEnvironment env, Configuration settings) {
    boolean clusterKnows =
        env.getConfiguration().getOptional(CheckpointingOptions.CHECKPOINT_STORAGE).isPresent()
            || env.getConfiguration()
                .getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY)
                .isPresent();
    if (!clusterKnows) {
      settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
      settings.set(
          CheckpointingOptions.CHECKPOINTS_DIRECTORY, TemporaryCheckpoints.directoryForFlink());
    }
  }

  /** What an operator may have decided for the cluster stands; these are our defaults. */
  private static void leaveToCluster(StreamExecutionEnvironment env, Configuration settings) {
    if (env.getConfiguration().getOptional(StateBackendOptions.STATE_BACKEND).isEmpty()) {
      settings.set(StateBackendOptions.STATE_BACKEND, "hashmap");
    }
    if (env.getConfiguration().getOptional(RestartStrategyOptions.RESTART_STRATEGY).isEmpty()) {
      settings.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
      settings.set(
          RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
          Duration.ofMillis(200));
      settings.set(
          RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
          Duration.ofSeconds(30));
    }
  }
}
