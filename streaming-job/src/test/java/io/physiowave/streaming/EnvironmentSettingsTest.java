package io.physiowave.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.streaming.options.JobOptions;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

class EnvironmentSettingsTest {
  private static String modelStore(Configuration cluster, Map<String, String> flags) {
    return EnvironmentSettings.modelStore(
        StreamExecutionEnvironment.getExecutionEnvironment(cluster),
        JobOptions.read(Optional.empty(), Map.of(), flags));
  }

  @Test
  void copiesOfModelsLieWhereToldElseBesideTheCheckpoints() {
    Configuration silent = new Configuration();
    Configuration cluster = new Configuration();
    cluster.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, "s3://bucket/of-cluster");
    Map<String, String> own = Map.of("--checkpoint-directory", "s3://bucket/own");

    assertThat(modelStore(cluster, Map.of("--models-store", "s3://kept"))).isEqualTo("s3://kept");
    assertThat(modelStore(cluster, own)).isEqualTo("s3://bucket/own/models");
    assertThat(modelStore(cluster, Map.of())).isEqualTo("s3://bucket/of-cluster/models");
    // A folder of checkpoints that ends with the process would keep nothing.
    assertThat(modelStore(silent, Map.of())).isEmpty();
    assertThat(modelStore(cluster, Map.of("--models-store", "none"))).isEmpty();
  }
}
