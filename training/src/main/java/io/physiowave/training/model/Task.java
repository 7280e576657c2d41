package io.physiowave.training.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What the model is built to predict. */
public enum Task {
  /** Masked patches only: no head besides the reconstruction head. */
  PRETRAIN("pretrain"),
  /** One of {@code num_classes} labels. */
  CLASSIFICATION("classification"),
  /** Each of {@code num_classes} labels on its own. */
  MULTILABEL("multilabel"),
  /** {@code num_classes} real values through a hidden layer. */
  REGRESSION("regression"),
  /** {@code num_classes} real values through one linear layer. */
  LINEAR("linear"),
  /** A projection of {@code num_classes} values to unit length, to be compared among windows. */
  CONTRASTIVE("contrastive");

  private final String publishedName;

  Task(String publishedName) {
    this.publishedName = publishedName;
  }

  /** The value of the published {@code --task} argument. */
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
  public static Task ofPublishedName(String name) {
    return PublishedNames.find("task", values(), Task::publishedName, name);
  }
}
