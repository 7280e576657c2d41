package io.physiowave.streaming.model;

import io.physiowave.core.card.ModelCard;
import io.physiowave.core.card.ModelCardJson;
import io.physiowave.core.label.ModelReference;
import java.io.Serializable;
import java.util.Objects;

/**
 * A model the job serves. Travels to the task managers without the graph: they read the file and
 * hold it against the hash.
 */
public final class ServedModel implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String location;
  private final String sha256;
  private final String cardJson;
  private transient ModelCard card;

  /**
   * Names a model.
   *
   * @param location path or URI of the ONNX file
   * @param sha256 hash of the file, 64 lower-case hexadecimal digits
   * @param card the card in the file's metadata
   */
  public ServedModel(String location, String sha256, ModelCard card) {
    this.location = Objects.requireNonNull(location, "location");
    this.sha256 = Objects.requireNonNull(sha256, "sha256");
    this.card = card;
    cardJson = ModelCardJson.write(card);
  }

  /** Path or URI of the ONNX file. */
  public String location() {
    return location;
  }

  /** Hash of the file. */
  public String sha256() {
    return sha256;
  }

  /** The card in the file's metadata. */
  public ModelCard card() {
    if (card == null) {
      card = ModelCardJson.read(cardJson, location);
    }
    return card;
  }

  /** Whether the same windows feed it: then both can answer the same window. */
  public boolean readsSameWindows(ServedModel other) {
    ModelCard mine = card();
    ModelCard its = other.card();
    return mine.modality() == its.modality()
        && mine.channels().equals(its.channels())
        && mine.unit().equals(its.unit())
        && mine.sampleRateHz() == its.sampleRateHz()
        && mine.windowing().equals(its.windowing())
        && mine.filters().equals(its.filters());
  }

  /** How labels name it. */
  public ModelReference reference() {
    return new ModelReference(card().name(), card().version(), sha256);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ServedModel that
        && location.equals(that.location)
        && sha256.equals(that.sha256)
        && cardJson.equals(that.cardJson);
  }

  @Override
  public int hashCode() {
    return Objects.hash(location, sha256);
  }

  @Override
  public String toString() {
    return card().name() + " " + card().version() + " (" + location + ")";
  }
}
