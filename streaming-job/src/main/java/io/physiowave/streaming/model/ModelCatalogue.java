package io.physiowave.streaming.model;

import io.physiowave.core.frame.Modality;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The models a job serves, at most one a modality.
 *
 * @param models the models
 */
public record ModelCatalogue(List<ServedModel> models) implements Serializable {
  /**
   * Checks that each stream has at most one model.
   *
   * @throws ModelRefusedException when two models serve one modality
   */
  public ModelCatalogue {
    models = List.copyOf(models);
    for (ServedModel model : models) {
      List<ServedModel> rivals =
          models.stream().filter(other -> modality(other) == modality(model)).toList();
      if (rivals.size() > 1) {
        throw new ModelRefusedException(
            "models " + rivals + " all serve " + modality(model) + "; expected one a modality");
      }
    }
  }

  /**
   * Reads the cards of ONNX files.
   *
   * @param locations paths or URIs of a Flink file system
   * @throws ModelRefusedException when a file cannot be read or has no valid card; all are named
   */
  public static ModelCatalogue read(List<String> locations) {
    List<ServedModel> models = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (String location : locations) {
      try {
        models.add(ModelFile.read(location).served());
      } catch (IOException | IllegalArgumentException e) {
        problems.add(e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw new ModelRefusedException(String.join(System.lineSeparator(), problems));
    }
    return new ModelCatalogue(models);
  }

  /** The same with one model in place of the one that serves its modality, if any. */
  public ModelCatalogue with(ServedModel model) {
    List<ServedModel> others = new ArrayList<>(models);
    others.removeIf(other -> modality(other) == modality(model));
    others.add(model);
    return new ModelCatalogue(others);
  }

  private static Modality modality(ServedModel model) {
    return model.card().modality();
  }

  /** The model for a kind of signal. */
  public Optional<ServedModel> serving(Modality modality) {
    return models.stream().filter(model -> modality(model) == modality).findFirst();
  }

  /** For people: which model serves which modality. */
  public String names() {
    return models.stream()
        .map(model -> modality(model) + " by " + model.card().name())
        .collect(Collectors.joining(", "));
  }
}
