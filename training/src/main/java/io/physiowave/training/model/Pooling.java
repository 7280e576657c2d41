package io.physiowave.training.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** How a head turns token features {@code [B, L, D]} into one vector per window {@code [B, D]}. */
public enum Pooling {
  /** Mean over tokens. */
  MEAN("mean"),
  /** Largest value over tokens, per feature. */
  MAX("max"),
  /** The first token; the published name {@code cls} means the same. */
  FIRST("first"),
  /** The last token. */
  LAST("last"),
  /** Mean weighted by the softmax, over tokens, of each token's mean feature. */
  ATTENTION("attention");

  private final String publishedName;

  Pooling(String publishedName) {
    this.publishedName = publishedName;
  }

  /** The value of the published {@code --pooling} argument. */
  @JsonValue
  public String publishedName() {
    return publishedName;
  }

  /**
   * Reads the published argument.
   *
   * @throws IllegalArgumentException if the name is none of the published ones
   */
  @JsonCreator
  public static Pooling ofPublishedName(String name) {
    return "cls".equals(name)
        ? FIRST
        : PublishedNames.find("pooling", values(), Pooling::publishedName, name);
  }
}
