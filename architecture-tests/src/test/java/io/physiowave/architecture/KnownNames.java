package io.physiowave.architecture;

import io.physiowave.streaming.options.SettingHelp;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.autoscaler.config.AutoScalerOptions;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalResourceOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;

/** The names that the code and its libraries read, by which deployment files may set something. */
final class KnownNames {
  /** Where commands find Kafka. */
  static final String KAFKA_VARIABLE = "PHYSIOWAVE_KAFKA_BOOTSTRAP_SERVERS";

  private static final Pattern VARIABLE = Pattern.compile("PHYSIOWAVE_\\w+");
  private static final String GPU = "gpu";

  private KnownNames() {}

  /** Environment variables of the streaming job. */
  static Set<String> jobVariables() {
    String help =
        SettingHelp.all().stream()
            .flatMap(setting -> setting.description().stream())
            .collect(Collectors.joining("\n"));
    return VARIABLE.matcher(help).results().map(MatchResult::group).collect(Collectors.toSet());
  }

  /** Keys of Flink's configuration, ours for metrics, and those of one external resource, gpu. */
  static Set<String> flinkKeys() {
    Set<String> keys =
        Stream.of(
                CoreOptions.class,
                JobManagerOptions.class,
                TaskManagerOptions.class,
                RestOptions.class,
                BlobServerOptions.class,
                HighAvailabilityOptions.class,
                CheckpointingOptions.class,
                ExternalResourceOptions.class)
            .flatMap(KnownNames::keys)
            .collect(Collectors.toCollection(TreeSet::new));
    keys.addAll(jobNeeds().keySet());
    keys.add(ExternalResourceOptions.getAmountConfigOptionForResource(GPU));
    keys.add(ExternalResourceOptions.getExternalResourceDriverFactoryConfigOptionForResource(GPU));
    return keys;
  }

  /** Keys of the operator's autoscaler. */
  static Set<String> autoscalerKeys() {
    return keys(AutoScalerOptions.class).collect(Collectors.toSet());
  }

  /** What deploy/flink/config.yaml says, which other tests try out. */
  static Map<String, String> jobNeeds() {
    Map<String, String> needs = new TreeMap<>();
    ComposeFile.parse(Repository.text("deploy/flink/config.yaml"))
        .tree()
        .properties()
        .forEach(e -> needs.put(e.getKey(), e.getValue().asText()));
    return needs;
  }

  private static Stream<String> keys(Class<?> options) {
    return Arrays.stream(options.getFields())
        .filter(field -> field.getType() == ConfigOption.class)
        .map(KnownNames::key);
  }

  private static String key(Field option) {
    try {
      return ((ConfigOption<?>) option.get(null)).key();
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(option + " cannot be read", e);
    }
  }
}
