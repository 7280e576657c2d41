package io.physiowave.streaming.sql;

import io.physiowave.streaming.options.DeviceChoice;
import io.physiowave.streaming.options.GraphOptimisation;
import io.physiowave.streaming.options.InferenceOptions;
import java.time.Duration;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;

/** What {@code CREATE MODEL ... WITH} takes beside {@code provider}. */
final class SqlModelOptions {
  static final ConfigOption<String> LOCATION =
      ConfigOptions.key("location")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Path or URI of the ONNX file, which planner and TaskManagers both read");

  static final ConfigOption<String> DEVICE =
      ConfigOptions.key("device")
          .stringType()
          .defaultValue("auto")
          .withDescription("auto, cpu, cuda:N or tensorrt:N");

  static final ConfigOption<Integer> THREADS =
      ConfigOptions.key("threads")
          .intType()
          .defaultValue(1)
          .withDescription("Threads within one call, 0 for one a core");

  static final ConfigOption<GraphOptimisation> OPTIMISATION =
      ConfigOptions.key("optimisation")
          .enumType(GraphOptimisation.class)
          .defaultValue(GraphOptimisation.ALL)
          .withDescription("How far the graph is rewritten when loading");

  static final ConfigOption<Integer> MAXIMUM_BATCH =
      ConfigOptions.key("max-batch")
          .intType()
          .defaultValue(32)
          .withDescription("Most windows in one call of an asynchronous query, 1 to 4096");

  static final Set<ConfigOption<?>> OPTIONAL = Set.of(DEVICE, THREADS, OPTIMISATION, MAXIMUM_BATCH);

  private SqlModelOptions() {}

  /**
   * The options for inference.
   *
   * @throws IllegalArgumentException when a value is out of its range
   */
  static InferenceOptions inference(ReadableConfig options) {
    return new InferenceOptions(
        options.get(MAXIMUM_BATCH),
        Duration.ZERO,
        DeviceChoice.parse(options.get(DEVICE)),
        options.get(THREADS),
        options.get(OPTIMISATION));
  }
}
