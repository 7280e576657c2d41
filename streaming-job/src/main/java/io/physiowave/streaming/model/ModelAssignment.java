package io.physiowave.streaming.model;

import io.physiowave.core.frame.Modality;
import io.physiowave.streaming.types.RecordType;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * What an operator's wish about one name means, once it is checked.
 *
 * @param name the models' name
 * @param serving takes the place of what serves its modality; absent when that stays
 * @param candidates take the place of what is on trial there
 * @param activation which of all activations and trials the latest activation of the name is; 0
 *     when that is not known
 * @param trial which of them the latest trial of the name is; 0 without one, and when that is not
 *     known
 */
public record ModelAssignment(
    String name,
    Optional<ServedModel> serving,
    ModelCandidates candidates,
    long activation,
    long trial) {
  /** For Flink. */
  public static final TypeInformation<ModelAssignment> TYPE =
      new RecordType<>(ModelAssignment.class, ModelAssignmentSerializer.INSTANCE);

  /** A model that serves, with nothing on trial. */
  public static ModelAssignment serving(ServedModel model) {
    return new ModelAssignment(model.card().name(), Optional.of(model), ModelCandidates.NONE, 0, 0);
  }

  /** All models that it names. */
  public Stream<ServedModel> models() {
    return Stream.concat(serving.stream(), candidates.models());
  }

  /** The modality it is about; absent when it only says that nothing of the name is on trial. */
  public Optional<Modality> modality() {
    return models().map(model -> model.card().modality()).findFirst();
  }
}
