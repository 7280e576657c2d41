package io.physiowave.streaming.options;

import java.util.List;

/**
 * One setting as a command shows it.
 *
 * @param flag the flag
 * @param placeholder what stands for the value, e.g. {@code <duration>}
 * @param isSwitch whether the flag alone means true
 * @param description lines: the meaning, the default, the file key and environment variable
 */
public record SettingHelp(
    String flag, String placeholder, boolean isSwitch, List<String> description) {

  /** The job's settings in order. */
  public static List<SettingHelp> all() {
    return JobSettings.ALL.stream()
        .map(
            setting ->
                new SettingHelp(
                    setting.flag(),
                    setting.type().placeholder(),
                    setting.type().isSwitch(),
                    List.of(setting.help())))
        .toList();
  }
}
