package io.physiowave.streaming.options;

import java.util.Map;
import java.util.Optional;

/**
 * Texts given by one source.
 *
 * @param name for error messages, e.g. {@code the environment}
 * @param texts text by the setting's key
 */
record SettingSource(String name, Map<String, String> texts) {
  SettingSource {
    texts = Map.copyOf(texts);
  }

  Optional<String> text(Setting<?> setting) {
    return Optional.ofNullable(texts.get(setting.key()));
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
