package io.physiowave.streaming.control;

import io.physiowave.connectors.logging.LogFields;
import io.physiowave.core.frame.Modality;
import io.physiowave.streaming.model.Canary;
import io.physiowave.streaming.model.ModelAssignment;
import io.physiowave.streaming.model.ModelCandidates;
import io.physiowave.streaming.model.ModelCatalogue;
import io.physiowave.streaming.model.ModelRefusedException;
import io.physiowave.streaming.model.ModelRoles;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.model.ServedModelSerializer;
import io.physiowave.streaming.types.TopicRecord;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides on every wish for a model before any subtask hears of it, after {@link ReleaseChecks}:
 * all its releases must have passed, and a shadow must read the windows of the model that serves.
 * Runs once for the whole job, beside the way of the data. A wish holds as a whole or, if anything
 * fails, changes nothing; either is reported on {@link ModelStatus#TAG}.
 *
 * <p>Metrics, below {@code physiowave}: {@code modelsAccepted} and {@code modelsRefused}, wishes
 * granted and not.
 */
public final class ModelGate extends ProcessFunction<CheckedWish, ModelAssignment>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(ModelGate.class);

  /** Type of what passes. */
  public static final TypeInformation<ModelAssignment> TYPE = ModelAssignment.TYPE;

  private final ModelCatalogue models;

  private transient Counter accepted;
  private transient Counter refused;
  private transient ListState<ModelAssignment> saved;
  private transient ListState<ServedModel> savedActive;
  private transient Map<String, ModelAssignment> passed;

  /** By name, what its latest record has active, also where a later activation serves. */
  private transient Map<String, ServedModel> activeByName;

  private transient ModelRoles roles;

  /**
   * The gate.
   *
   * @param models what serves until a wish says otherwise
   */
  public ModelGate(ModelCatalogue models) {
    this.models = models;
  }

  @Override
  public void open(OpenContext context) {
    MetricGroup group = getRuntimeContext().getMetricGroup().addGroup("physiowave");
    accepted = group.counter("modelsAccepted");
    refused = group.counter("modelsRefused");
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    saved = context.getOperatorStateStore().getListState(new ListStateDescriptor<>("passed", TYPE));
    savedActive =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("active", ServedModelSerializer.TYPE));
    passed = new LinkedHashMap<>();
    activeByName = new HashMap<>();
    roles = ModelRoles.of(models);
    for (ModelAssignment assignment : saved.get()) {
      remember(assignment);
      // Earlier versions saved no more than this.
      assignment.serving().ifPresent(model -> activeByName.put(assignment.name(), model));
    }
    for (ServedModel model : savedActive.get()) {
      activeByName.put(model.card().name(), model);
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    saved.update(List.copyOf(passed.values()));
    savedActive.update(List.copyOf(activeByName.values()));
  }

  /** The latest last, so that the order of what passed is that in which it took effect. */
  private void remember(ModelAssignment assignment) {
    roles = roles.with(assignment);
    Optional<ServedModel> before =
        Optional.ofNullable(passed.remove(assignment.name())).flatMap(ModelAssignment::serving);
    // What the name has serve goes on where its record no longer says so.
    Optional<ServedModel> serving =
        assignment.serving().or(() -> before.filter(roles.serving().models()::contains));
    passed.put(
        assignment.name(),
        new ModelAssignment(
            assignment.name(),
            serving,
            assignment.candidates(),
            assignment.activation(),
            assignment.trial()));
  }

  @Override
  public void processElement(CheckedWish wish, Context context, Collector<ModelAssignment> out) {
    TopicRecord record = wish.record();
    if (record.value() == null) {
      return;
    }
    ModelDeployment wanted;
    try {
      wanted = ControlJson.deployment(record.value());
    } catch (IllegalArgumentException e) {
      refuse(record.keyText(), Optional.empty(), 0, e, context);
      return;
    }
    if (isOnlyPublished(wanted)) {
      return;
    }
    if (wish.isOvertaken()) {
      // Nothing is wrong with it; whoever waits for an answer gets one.
      LOG.info("revision {} of {}: {}", wanted.revision(), wanted.name(), CheckedRelease.OVERTAKEN);
      report(wanted.name(), Optional.empty(), wanted.revision(), CheckedRelease.OVERTAKEN, context);
      return;
    }
    Check check = new Check(wanted, wish);
    try {
      ModelAssignment assignment = check.assignment();
      remember(assignment);
      activeByName.remove(wanted.name());
      check.active.ifPresent(model -> activeByName.put(wanted.name(), model));
      out.collect(assignment);
      accepted.inc();
      LogFields.ofModel(
          wanted.name(),
          assignment.serving().map(model -> model.card().version()).orElse(""),
          () -> LOG.info("from now on {}", assignment));
      context.output(
          ModelStatus.TAG,
          ModelStatus.accepted(
              wanted, assignment.serving(), check.onTrial, System.currentTimeMillis()));
    } catch (ModelRefusedException e) {
      refuse(wanted.name(), Optional.ofNullable(check.release), wanted.revision(), e, context);
    }
  }

  /** Whether a wish asks for nothing, as those before it did. */
  private boolean isOnlyPublished(ModelDeployment wanted) {
    return wanted.active().isEmpty()
        && wanted.shadow() == null
        && wanted.canary() == null
        && !passed.containsKey(wanted.name());
  }

  /** The check of one wish, which remembers where it stands. */
  private final class Check {
    private final ModelDeployment wanted;
    private final CheckedWish wish;
    private ModelRelease release;
    private Optional<ServedModel> active = Optional.empty();
    private ModelCandidates onTrial = ModelCandidates.NONE;

    Check(ModelDeployment wanted, CheckedWish wish) {
      this.wanted = wanted;
      this.wish = wish;
    }

    ModelAssignment assignment() {
      active = checked(wanted.active());
      Optional<ServedModel> serving = active.filter(this::isLatest);
      onTrial = onTrial(serving);
      ModelCandidates beside = onTrial.isEmpty() ? ofOthers(serving) : onTrial;
      return new ModelAssignment(
          wanted.name(), serving, beside, wanted.activation(), wanted.trial());
    }

    /** What of the record is on trial from now on. */
    private ModelCandidates onTrial(Optional<ServedModel> serving) {
      Optional<ServedModel> shadow = checked(wanted.shadowRelease());
      Optional<ServedModel> canary = checked(wanted.canaryRelease());
      if (shadow.or(() -> canary).filter(model -> hasEnded(model, serving)).isPresent()) {
        return ModelCandidates.NONE;
      }
      if (shadow.isPresent()) {
        release = wanted.shadowRelease().get();
        requireSameModality(active, shadow.get());
        requireSameWindows(serving, shadow.get());
      }
      if (canary.isPresent()) {
        release = wanted.canaryRelease().get();
        requireSameModality(active.or(() -> shadow), canary.get());
        base(serving, canary.get());
      }
      return new ModelCandidates(
          shadow, canary.map(model -> new Canary(model, wanted.canary().share())));
    }

    /**
     * Whether another name has been activated, or tried, for the same kind of signal since the
     * trial began. A record says what is on trial also where it only publishes, and may be written
     * or read again: that begins no trial anew.
     */
    private boolean hasEnded(ServedModel candidate, Optional<ServedModel> serving) {
      Modality modality = candidate.card().modality();
      boolean isOverBySuccessor =
          serving.isEmpty()
              && rival(modality)
                  .filter(other -> wanted.isTrialBeforeActivation(other.activation()))
                  .isPresent();
      return isOverBySuccessor
          || rivalOnTrial(modality)
              .filter(other -> wanted.isTrialBeforeTrial(other.name(), other.trial()))
              .isPresent();
    }

    /** What another name has on trial goes on beside a model that was activated before it began. */
    private ModelCandidates ofOthers(Optional<ServedModel> serving) {
      return serving
          .map(model -> model.card().modality())
          .filter(
              modality ->
                  rivalOnTrial(modality)
                      .filter(other -> wanted.activation() > 0)
                      .filter(other -> other.trial() > wanted.activation())
                      .isPresent())
          .map(roles::candidates)
          .orElse(ModelCandidates.NONE);
    }

    /** What passed of the other name that serves a kind of signal, if one does. */
    private Optional<ModelAssignment> rival(Modality modality) {
      return other(roles.serving().serving(modality));
    }

    /** What passed of the other name that is on trial for a kind of signal, if one is. */
    private Optional<ModelAssignment> rivalOnTrial(Modality modality) {
      return other(roles.candidates(modality).models().findFirst());
    }

    private Optional<ModelAssignment> other(Optional<ServedModel> model) {
      return model
          .map(one -> passed.get(one.card().name()))
          .filter(other -> !other.name().equals(wanted.name()));
    }

    /**
     * Whether no other name was activated later for the same kind of signal. A record says what
     * serves also where it only publishes, or begins a trial: that takes nothing back from a name
     * that was activated since.
     */
    private boolean isLatest(ServedModel serving) {
      Optional<ModelAssignment> rival = rival(serving.card().modality());
      if (rival.isEmpty()) {
        return true;
      }
      if (wanted.activation() > 0) {
        return wanted.isActivatedAfter(rival.get().name(), rival.get().activation());
      }
      // Records of the first release do not say when; the gate knows what it has seen.
      ServedModel before = activeByName.get(wanted.name());
      return before == null || !before.sha256().equals(serving.sha256());
    }

    private Optional<ServedModel> checked(Optional<ModelRelease> wanted) {
      wanted.ifPresent(named -> release = named);
      return wanted.map(named -> wish.of(named).require());
    }

    /** Or streams of one kind of signal would be put to a model for another. */
    private void requireSameModality(Optional<ServedModel> other, ServedModel candidate) {
      if (other.isPresent() && other.get().card().modality() != candidate.card().modality()) {
        throw new ModelRefusedException(
            candidate
                + ": reads "
                + candidate.card().modality()
                + ", but "
                + other.get()
                + " of the same name reads "
                + other.get().card().modality()
                + "; expected one kind of signal");
      }
    }

    private ServedModel base(Optional<ServedModel> serving, ServedModel candidate) {
      return serving
          .or(() -> roles.serving().serving(candidate.card().modality()))
          .orElseThrow(
              () ->
                  new ModelRefusedException(
                      candidate
                          + ": no model serves "
                          + candidate.card().modality()
                          + ", so that none can be on trial beside it; activate one first"));
    }

    private void requireSameWindows(Optional<ServedModel> serving, ServedModel shadow) {
      ServedModel base = base(serving, shadow);
      if (!shadow.readsSameWindows(base)) {
        throw new ModelRefusedException(
            shadow
                + ": a shadow answers the windows of the model that serves, but channels, unit,"
                + " rate, filters or windows differ from those of "
                + base
                + "; try it as a canary");
      }
    }
  }

  private void refuse(
      String name,
      Optional<ModelRelease> release,
      long revision,
      Exception failure,
      Context context) {
    refused.inc();
    String version = release.map(ModelRelease::version).orElse("");
    String reason = String.valueOf(failure.getMessage()).replaceAll("\\s*\\R\\s*", " ");
    LogFields.ofModel(
        name,
        version,
        () ->
            LOG.warn(
                "model {} {} is refused, what held before goes on: {}", name, version, reason));
    report(name, release, revision, reason, context);
  }

  private static void report(
      String name,
      Optional<ModelRelease> release,
      long revision,
      String reason,
      ProcessFunction<CheckedWish, ModelAssignment>.Context context) {
    context.output(
        ModelStatus.TAG,
        ModelStatus.refused(
            name,
            release.map(ModelRelease::version).orElse(""),
            release.map(ModelRelease::sha256).orElse(""),
            reason,
            revision,
            System.currentTimeMillis()));
  }
}
