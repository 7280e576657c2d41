package io.physiowave.streaming.model;

import io.physiowave.streaming.types.RecordType;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/**
 * A model on trial that a subtask has switched off, since it failed.
 *
 * @param model the model
 * @param reason what failed, one line
 * @param atMillis when, milliseconds since the epoch
 */
public record ModelFailure(ServedModel model, String reason, long atMillis) {
  /** For Flink. */
  public static final TypeInformation<ModelFailure> TYPE =
      new RecordType<>(ModelFailure.class, ModelFailureSerializer.INSTANCE);

  /** The side output of the stations that use models. */
  public static final OutputTag<ModelFailure> TAG = new OutputTag<>("model-failures", TYPE);

  /** A failure of now. */
  public static ModelFailure of(ServedModel model, Throwable failure) {
    String reason = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return new ModelFailure(
        model, reason.replaceAll("\\s*\\R\\s*", " "), System.currentTimeMillis());
  }
}
