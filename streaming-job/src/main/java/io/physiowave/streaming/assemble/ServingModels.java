package io.physiowave.streaming.assemble;

import io.physiowave.streaming.infer.ModelPreload;
import io.physiowave.streaming.model.ModelAssignment;
import io.physiowave.streaming.model.ModelCatalogue;
import io.physiowave.streaming.model.ModelFailure;
import io.physiowave.streaming.model.ModelRoles;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.model.WindowPlans;
import io.physiowave.streaming.options.InferenceOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models that serve a subtask's streams. A change is loaded beside the way of the data and
 * takes effect, in the order of the changes, once all of it is loaded. A model on trial that cannot
 * be loaded here, or not within its limit, is left out.
 */
final class ServingModels implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServingModels.class);

  private final InferenceOptions options;
  private final Deque<ModelRoles> pending = new ArrayDeque<>();
  private final Map<String, ModelPreload> loaded = new HashMap<>();
  private final Set<String> ownModels;
  private final List<ModelFailure> failures = new ArrayList<>();
  private ModelRoles wanted;
  private WindowPlans plans;
  private long changes;

  ServingModels(ModelCatalogue models, InferenceOptions options) {
    this.options = options;
    ownModels = models.models().stream().map(ServedModel::sha256).collect(Collectors.toSet());
    wanted = ModelRoles.of(models);
    plans = new WindowPlans(wanted);
  }

  /** Takes up models at once, waiting for them: what held before a restart. */
  void restore(ModelRoles roles) throws InterruptedException {
    change(roles);
    for (ModelPreload serving : preloads(roles.serving().models().stream())) {
      serving.awaitEnd();
    }
    for (ModelPreload onTrial : preloads(roles.onTrial())) {
      onTrial.awaitEnd(options.trialTimeout());
    }
  }

  /** Own models have none. */
  private List<ModelPreload> preloads(Stream<ServedModel> models) {
    return models
        .map(model -> Optional.ofNullable(loaded.get(model.sha256())))
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * Takes up an assignment as soon as it is loaded. What the ones before asked for takes effect now
   * if it can: where no frame comes, models that nobody wants any more would stay loaded.
   */
  void change(ModelAssignment assignment) {
    plans();
    change(wanted.with(assignment));
  }

  private void change(ModelRoles roles) {
    wanted = roles;
    roles
        .models()
        .filter(model -> !ownModels.contains(model.sha256()))
        .forEach(
            model ->
                loaded.computeIfAbsent(
                    model.sha256(), sha256 -> ModelPreload.start(model, options)));
    pending.add(roles);
  }

  /** What should hold once everything is loaded. */
  ModelRoles wanted() {
    return wanted;
  }

  /** Whether every change takes effect with the next frame. */
  boolean hasNoPending() {
    return pending.stream().allMatch(this::isReady);
  }

  /** Nobody waits for a model on trial for longer than its limit. */
  private boolean isReady(ModelRoles roles) {
    return preloads(roles.serving().models().stream()).stream().allMatch(ModelPreload::isDone)
        && preloads(roles.onTrial()).stream()
            .allMatch(preload -> preload.isDone() || preload.isOverdue(options.trialTimeout()));
  }

  /** How windows are cut for the models that serve now. */
  WindowPlans plans() {
    while (!pending.isEmpty() && isReady(pending.peek())) {
      ModelRoles roles = pending.poll();
      preloads(roles.serving().models().stream()).forEach(ModelPreload::require);
      ModelRoles usable = withoutFailed(roles);
      plans = new WindowPlans(usable);
      changes++;
      closeUnused(usable);
    }
    return plans;
  }

  /** How many changes have taken effect. */
  long changes() {
    return changes;
  }

  /** Models on trial that could not be loaded and have not been told yet. */
  List<ModelFailure> takeFailures() {
    if (failures.isEmpty()) {
      return List.of();
    }
    List<ModelFailure> taken = List.copyOf(failures);
    failures.clear();
    return taken;
  }

  private ModelRoles withoutFailed(ModelRoles roles) {
    ModelRoles usable = roles;
    for (ServedModel candidate : roles.onTrial().distinct().toList()) {
      ModelPreload preload = loaded.get(candidate.sha256());
      Optional<Throwable> failure =
          preload == null ? Optional.empty() : preload.failure(options.trialTimeout());
      if (failure.isPresent()) {
        LOG.error("{} cannot be loaded and is not tried here", candidate, failure.get());
        failures.add(ModelFailure.of(candidate, failure.get()));
        usable = usable.without(candidate);
      }
    }
    return usable;
  }

  private void closeUnused(ModelRoles roles) {
    Set<String> used = new HashSet<>();
    roles.models().map(ServedModel::sha256).forEach(used::add);
    pending.forEach(later -> later.models().map(ServedModel::sha256).forEach(used::add));
    loaded
        .entrySet()
        .removeIf(
            entry -> {
              boolean isUnused = !used.contains(entry.getKey());
              if (isUnused) {
                entry.getValue().close();
              }
              return isUnused;
            });
  }

  /** For tests: models loaded here, beside the job's own. */
  int held() {
    return loaded.size();
  }

  @Override
  public void close() {
    loaded.values().forEach(ModelPreload::close);
  }
}
