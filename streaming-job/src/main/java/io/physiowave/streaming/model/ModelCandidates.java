package io.physiowave.streaming.model;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * Models on trial beside the one that serves a modality.
 *
 * @param shadow answers every window that its predecessor answers; its labels are set apart
 * @param canary serves a share of the streams
 */
public record ModelCandidates(Optional<ServedModel> shadow, Optional<Canary> canary) {
  /** Nothing is on trial. */
  public static final ModelCandidates NONE =
      new ModelCandidates(Optional.empty(), Optional.empty());

  /** Whether nothing is on trial. */
  public boolean isEmpty() {
    return shadow.isEmpty() && canary.isEmpty();
  }

  /** The same without a model. */
  ModelCandidates without(ServedModel model) {
    return new ModelCandidates(
        shadow.filter(other -> !other.equals(model)),
        canary.filter(other -> !other.model().equals(model)));
  }

  /** The models on trial. */
  public Stream<ServedModel> models() {
    return Stream.concat(shadow.stream(), canary.map(Canary::model).stream());
  }
}
