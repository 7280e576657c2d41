package io.physiowave.streaming.control;

import io.physiowave.streaming.types.RecordType;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/**
 * What became of a wish; a record of the models status topic, keyed by the model's name.
 *
 * @param name the model's name
 * @param version the version that was to serve; empty when the wish cannot be read
 * @param sha256 hash of its file; empty when unknown
 * @param accepted whether it serves from now on; otherwise what served before serves on
 * @param reason why it was refused; empty otherwise
 * @param atMillis when this was decided, milliseconds since the epoch
 */
public record ModelStatus(
    String name, String version, String sha256, boolean accepted, String reason, long atMillis) {
  /** For Flink. */
  public static final TypeInformation<ModelStatus> TYPE =
      new RecordType<>(ModelStatus.class, ModelStatusSerializer.INSTANCE);

  /** The side output of the gate. */
  public static final OutputTag<ModelStatus> TAG = new OutputTag<>("model-status", TYPE);
}
