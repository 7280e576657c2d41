package io.physiowave.streaming.options;

import java.util.List;
import java.util.Optional;

/** Settings merged from several sources; later sources win. Problems are collected, not thrown. */
final class SettingValues {
  private final List<SettingSource> sources;
  private final Problems problems;

  SettingValues(List<SettingSource> sources, Problems problems) {
    this.sources = List.copyOf(sources);
    this.problems = problems;
  }

  /** The value from the last source that has one; the default also stands in for a bad text. */
  <T> T get(Setting<T> setting) {
    for (int i = sources.size() - 1; i >= 0; i--) {
      SettingSource source = sources.get(i);
      Optional<String> text = source.text(setting);
      if (text.isPresent()) {
        return parse(setting, text.get(), source);
      }
    }
    return parseDefault(setting);
  }

  private <T> T parse(Setting<T> setting, String text, SettingSource source) {
    try {
      return setting.type().parser().apply(text.strip());
    } catch (IllegalArgumentException e) {
      problems.add(
          setting.key()
              + shown(setting, text)
              + " ("
              + source.locate(setting)
              + "); expected "
              + setting.type().expected());
      return parseDefault(setting);
    }
  }

  /** Not of pairs: among them may be a password. */
  private static String shown(Setting<?> setting, String text) {
    return setting.type().isMap()
        ? " cannot be read"
        : " is '" + text.replace(SettingType.END_OF_VALUE, ',') + "'";
  }

  private static <T> T parseDefault(Setting<T> setting) {
    return setting.type().parser().apply(setting.defaultText());
  }
}
