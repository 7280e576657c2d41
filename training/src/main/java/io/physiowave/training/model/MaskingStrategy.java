package io.physiowave.training.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Which tokens are hidden from the encoder while it is pretrained. */
public enum MaskingStrategy {
  /** Tokens with the strongest spectrum, mixed with uniform noise. */
  FREQUENCY_GUIDED("frequency_guided"),
  /** Tokens drawn uniformly, the same ones in each window of a batch. */
  RANDOM("random");

  private final String publishedName;

  MaskingStrategy(String publishedName) {
    this.publishedName = publishedName;
  }

  /** The value of the published {@code --masking_strategy} argument. */
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
  public static MaskingStrategy ofPublishedName(String name) {
    return PublishedNames.find("masking_strategy", values(), MaskingStrategy::publishedName, name);
  }
}
