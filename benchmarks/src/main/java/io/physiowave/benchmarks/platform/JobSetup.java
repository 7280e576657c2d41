package io.physiowave.benchmarks.platform;

import io.physiowave.quickstart.embedded.EmbeddedFlink;
import io.physiowave.streaming.options.JobOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * How the measured job runs.
 *
 * @param model the ONNX file it serves
 * @param parallelism subtasks of each station, 1 or more
 * @param stateBackend {@code hashmap} or {@code rocksdb}
 * @param flags further flags of the job, e.g. {@code --max-batch} to {@code 64}; they win
 */
public record JobSetup(
    String model, int parallelism, String stateBackend, Map<String, String> flags) {
  public JobSetup {
    flags = Map.copyOf(flags);
  }

  /** The same with another model. */
  public JobSetup withModel(String file) {
    return new JobSetup(file, parallelism, stateBackend, flags);
  }

  /** The same with another number of subtasks. */
  public JobSetup withParallelism(int subtasks) {
    return new JobSetup(model, subtasks, stateBackend, flags);
  }

  /** The same with a flag more. */
  public JobSetup with(String flag, String value) {
    Map<String, String> more = new HashMap<>(flags);
    more.put(flag, value);
    return new JobSetup(model, parallelism, stateBackend, more);
  }

  /** The job's options without topics. */
  public JobOptions options() {
    return options(Map.of());
  }

  /** The job's options from one topic to another. */
  public JobOptions options(Bench bench, String framesTopic, String labelsTopic) {
    return options(
        Map.of(
            "--bootstrap-servers",
            bench.bootstrapServers(),
            "--group-id",
            labelsTopic,
            "--frames-topic",
            framesTopic,
            "--labels-topic",
            labelsTopic,
            "--rejected-topic",
            bench.rejectedTopic(),
            "--events-topic",
            bench.eventsTopic(),
            "--rhythms-topic",
            bench.rhythmsTopic(),
            "--start",
            "earliest"));
  }

  private JobOptions options(Map<String, String> topics) {
    Map<String, String> all = new HashMap<>(topics);
    all.put("--models", model);
    all.put("--parallelism", Integer.toString(parallelism));
    // What lies in Kafka beforehand came faster than any device samples.
    all.put("--flood-rate", "0");
    all.putAll(flags);
    return JobOptions.read(Optional.empty(), Map.of(), all);
  }

  /** An empty environment to build a job in. */
  public StreamExecutionEnvironment environment() {
    StreamExecutionEnvironment environment = EmbeddedFlink.environment();
    environment.configure(
        new org.apache.flink.configuration.Configuration()
            .set(StateBackendOptions.STATE_BACKEND, stateBackend));
    return environment;
  }
}
