package io.physiowave.streaming.model;

import io.physiowave.core.frame.Modality;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Who serves and who is on trial, by modality. Immutable.
 *
 * @param serving the models that serve
 * @param candidates what is on trial beside them; modalities without are absent
 */
public record ModelRoles(ModelCatalogue serving, Map<Modality, ModelCandidates> candidates) {
  public ModelRoles {
    candidates = Map.copyOf(candidates);
  }

  /** Models that serve, with nothing on trial. */
  public static ModelRoles of(ModelCatalogue serving) {
    return new ModelRoles(serving, Map.of());
  }

  /** What is on trial for a modality. */
  public ModelCandidates candidates(Modality modality) {
    return candidates.getOrDefault(modality, ModelCandidates.NONE);
  }

  /** The same after an assignment: what is on trial under its name or its modality goes. */
  public ModelRoles with(ModelAssignment assignment) {
    Map<Modality, ModelCandidates> next = new EnumMap<>(Modality.class);
    candidates.forEach(
        (modality, before) -> {
          if (before.models().noneMatch(model -> isNamed(model, assignment.name()))) {
            next.put(modality, before);
          }
        });
    assignment.modality().ifPresent(next::remove);
    if (!assignment.candidates().isEmpty()) {
      next.put(assignment.modality().get(), assignment.candidates());
    }
    return new ModelRoles(assignment.serving().map(serving::with).orElse(serving), next);
  }

  /** The same without a model on trial. */
  public ModelRoles without(ServedModel candidate) {
    Map<Modality, ModelCandidates> next = new EnumMap<>(Modality.class);
    candidates.forEach((modality, before) -> next.put(modality, before.without(candidate)));
    return new ModelRoles(serving, next);
  }

  /** The models on trial. */
  public Stream<ServedModel> onTrial() {
    return candidates.values().stream().flatMap(ModelCandidates::models);
  }

  private static boolean isNamed(ServedModel model, String name) {
    return model.card().name().equals(name);
  }

  /** All models. */
  public Stream<ServedModel> models() {
    return Stream.concat(serving.models().stream(), onTrial());
  }
}
