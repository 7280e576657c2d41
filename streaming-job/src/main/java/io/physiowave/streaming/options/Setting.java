package io.physiowave.streaming.options;

import java.util.Locale;

/**
 * One setting in its three forms: a key of the YAML file, an environment variable and a flag.
 *
 * @param key dotted path in the YAML file, e.g. {@code inference.max-batch}
 * @param flag command-line flag, e.g. {@code --max-batch}
 * @param type how its text is read
 * @param defaultText its value when nobody says otherwise
 * @param description one sentence for help
 */
record Setting<T>(
    String key, String flag, SettingType<T> type, String defaultText, String description) {

  /** The environment variable, derived from the key. */
  String environmentVariable() {
    return "PHYSIOWAVE_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** What help says about it: meaning, default and the other two forms. */
  String[] help() {
    return new String[] {
      description,
      "  default: " + (defaultText.isEmpty() ? "none" : defaultText),
      "  file: " + key + "  environment: " + environmentVariable()
    };
  }
}
