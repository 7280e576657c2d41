package io.physiowave.streaming.options;

import java.util.Map;
import java.util.Optional;

/**
 * Values given by one source.
 *
 * @param name for error messages, e.g. {@code the environment}
 * @param values value by the setting's key
 */
record SettingSource(String name, Map<String, GivenValue> values) {
  SettingSource {
    values = Map.copyOf(values);
  }

  Optional<GivenValue> value(Setting<?> setting) {
    return Optional.ofNullable(values.get(setting.key()));
  }

  /** The source's name, with the form under which the user gave the setting. */
  String locate(Setting<?> setting) {
    return switch (name) {
      case "environment" -> "environment variable " + setting.environmentVariable();
      case "flags" -> "flag " + setting.flag();
      default -> name;
    };
  }
}
