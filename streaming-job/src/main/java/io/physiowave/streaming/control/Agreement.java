package io.physiowave.streaming.control;

/**
 * How often a shadow gave the label that the serving model gave.
 *
 * @param with version of the serving model
 * @param withSha256 hash of its file
 * @param windows windows that both answered
 * @param agreed of these, windows with the same label
 */
public record Agreement(String with, String withSha256, long windows, long agreed) {

  /** Share of the windows with the same label, in [0, 1]; 0 before any. */
  public double share() {
    return windows == 0 ? 0 : (double) agreed / windows;
  }
}
