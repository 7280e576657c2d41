package io.physiowave.streaming.control;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.physiowave.core.label.ModelReference;
import io.physiowave.streaming.model.ModelCandidates;
import io.physiowave.streaming.model.ModelFailure;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.types.RecordType;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/**
 * What became of a wish, how a shadow agrees, or that a model on trial has failed; a record of the
 * models status topic.
 *
 * @param name the model's name
 * @param version the version that serves from now on, of a refused wish the one that is wrong, of
 *     an agreement the shadow, of a failure the one that failed; empty when there is none or the
 *     wish cannot be read
 * @param sha256 hash of its file; empty when unknown
 * @param accepted whether the wish holds from now on; otherwise what held before goes on
 * @param reason why it was refused; empty otherwise
 * @param atMillis when this was decided, milliseconds since the epoch
 * @param revision of the wish; 0 when unknown
 * @param shadow version that runs beside; null for none
 * @param canary version that serves a share of the streams; null for none
 * @param agreement of a shadow with the serving model; null in answers to wishes
 * @param failure why a subtask has switched off a model on trial; null otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelStatus(
    String name,
    String version,
    String sha256,
    boolean accepted,
    String reason,
    long atMillis,
    long revision,
    String shadow,
    CanaryRelease canary,
    Agreement agreement,
    String failure) {
  /** For Flink. */
  public static final TypeInformation<ModelStatus> TYPE =
      new RecordType<>(ModelStatus.class, ModelStatusSerializer.INSTANCE);

  /** The side output of the gate. */
  public static final OutputTag<ModelStatus> TAG = new OutputTag<>("model-status", TYPE);

  /**
   * A wish that holds from now on.
   *
   * @param serving what of it serves, if anything
   * @param onTrial what of it is on trial
   */
  static ModelStatus accepted(
      ModelDeployment wanted,
      Optional<ServedModel> serving,
      ModelCandidates onTrial,
      long atMillis) {
    return new ModelStatus(
        wanted.name(),
        serving.map(model -> model.card().version()).orElse(""),
        serving.map(ServedModel::sha256).orElse(""),
        true,
        "",
        atMillis,
        wanted.revision(),
        onTrial.shadow().isPresent() ? wanted.shadow() : null,
        onTrial.canary().isPresent() ? wanted.canary() : null,
        null,
        null);
  }

  /** A wish that changes nothing. */
  static ModelStatus refused(
      String name, String version, String sha256, String reason, long revision, long atMillis) {
    return new ModelStatus(
        name, version, sha256, false, reason, atMillis, revision, null, null, null, null);
  }

  /** How a shadow agrees. */
  static ModelStatus agreement(ModelReference shadow, Agreement agreement, long atMillis) {
    return new ModelStatus(
        shadow.name(),
        shadow.version(),
        shadow.sha256(),
        true,
        "",
        atMillis,
        0,
        shadow.version(),
        null,
        agreement,
        null);
  }

  /** A model on trial that a subtask has switched off. */
  public static ModelStatus failed(ModelFailure failure) {
    ModelReference model = failure.model().reference();
    return new ModelStatus(
        model.name(),
        model.version(),
        model.sha256(),
        false,
        "",
        failure.atMillis(),
        0,
        null,
        null,
        null,
        failure.reason());
  }

  /** Key of the record, so that compaction keeps the latest answer, agreement and failure. */
  @JsonIgnore
  public String key() {
    if (failure != null) {
      return name + "/failure";
    }
    return agreement == null ? name : name + "/agreement";
  }
}
