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

  /** The value from the last source that has one; the default also stands in for a bad one. */
  <T> T get(Setting<T> setting) {
    for (int i = sources.size() - 1; i >= 0; i--) {
      SettingSource source = sources.get(i);
      Optional<GivenValue> given = source.value(setting);
      if (given.isPresent()) {
        return parse(setting, given.get(), source);
      }
    }
    return parseDefault(setting);
  }

  private <T> T parse(Setting<T> setting, GivenValue given, SettingSource source) {
    try {
      return setting.type().parser().apply(given);
    } catch (IllegalArgumentException e) {
      problems.add(
          setting.key()
              + shown(setting, given)
              + " ("
              + source.locate(setting)
              + "); expected "
              + setting.type().expected());
      return parseDefault(setting);
    }
  }

  /** Not of pairs: among them may be a password. */
  private static String shown(Setting<?> setting, GivenValue given) {
    return setting.type().isMap() ? " cannot be read" : " is '" + given.text() + "'";
  }

  private static <T> T parseDefault(Setting<T> setting) {
    return setting.type().parser().apply(new GivenValue.Text(setting.defaultText()));
  }
}
