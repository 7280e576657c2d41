package io.physiowave.streaming.command;

import io.physiowave.streaming.options.JobOptions;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.LocalStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Where the job will run. */
public final class JobEnvironment {
  private JobEnvironment() {}

  /** Whether the job will run in this process, which no cluster started. */
  static boolean isThisProcess(JobOptions options) {
    return options.run().local()
        || StreamExecutionEnvironment.getExecutionEnvironment() instanceof LocalStreamEnvironment;
  }

  /**
   * This process, if the options insist on it or no cluster called; otherwise that cluster.
   *
   * @throws IllegalStateException when metrics are to be shown on a port that is taken
   */
  public static StreamExecutionEnvironment of(JobOptions options) {
    Optional<Integer> port = options.observe().prometheusPort();
    Configuration settings = port.map(PrometheusEndpoint::settings).orElseGet(Configuration::new);
    StreamExecutionEnvironment env =
        options.run().local()
            ? StreamExecutionEnvironment.createLocalEnvironment(settings)
            : StreamExecutionEnvironment.getExecutionEnvironment(settings);
    if (env instanceof LocalStreamEnvironment) {
      port.ifPresent(PrometheusEndpoint::requireFree);
    }
    return env;
  }
}
