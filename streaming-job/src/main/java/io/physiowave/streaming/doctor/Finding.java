package io.physiowave.streaming.doctor;

/**
 * What one check found.
 *
 * @param name what was looked at, e.g. {@code memory}
 * @param level whether it will do
 * @param found what is there
 * @param advice what to do about it; empty when nothing needs doing
 */
public record Finding(String name, Level level, String found, String advice) {

  /** How serious a finding is. */
  public enum Level {
    /** As it should be. */
    OK,
    /** Something is slower, or a part other than the demonstration will not work. */
    WARN,
    /** The demonstration cannot run. */
    FAIL
  }

  static Finding ok(String name, String found) {
    return new Finding(name, Level.OK, found, "");
  }

  static Finding warn(String name, String found, String advice) {
    return new Finding(name, Level.WARN, found, advice);
  }

  static Finding fail(String name, String found, String advice) {
    return new Finding(name, Level.FAIL, found, advice);
  }
}
