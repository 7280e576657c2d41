package io.physiowave.training.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Which sinusoidal position embedding is added to the tokens. */
public enum PositionEncoding {
  /** By position in the token sequence, from a table of at most 5000 positions. */
  SEQUENCE("1d"),
  /** Half of the features by frequency band row, half by patch index in time. */
  FREQUENCY_AND_TIME("2d");

  private final String publishedName;

  PositionEncoding(String publishedName) {
    this.publishedName = publishedName;
  }

  /** The value of the published {@code --pos_embed_type} argument. */
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
  public static PositionEncoding ofPublishedName(String name) {
    return PublishedNames.find("pos_embed_type", values(), PositionEncoding::publishedName, name);
  }
}
