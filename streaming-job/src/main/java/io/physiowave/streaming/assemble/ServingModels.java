package io.physiowave.streaming.assemble;

import io.physiowave.streaming.infer.ModelPreload;
import io.physiowave.streaming.model.ModelAssignment;
import io.physiowave.streaming.model.ModelCatalogue;
import io.physiowave.streaming.model.ModelRoles;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.model.WindowPlans;
import io.physiowave.streaming.options.InferenceOptions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The models that serve a subtask's streams. A change is loaded beside the way of the data and
 * takes effect, in the order of the changes, once all of it is loaded.
 */
final class ServingModels implements AutoCloseable {
  private final InferenceOptions options;
  private final Deque<ModelRoles> pending = new ArrayDeque<>();
  private final Map<String, ModelPreload> loaded = new HashMap<>();
  private final Set<String> ownModels;
  private ModelRoles wanted;
  private WindowPlans plans;

  ServingModels(ModelCatalogue models, InferenceOptions options) {
    this.options = options;
    ownModels = models.models().stream().map(ServedModel::sha256).collect(Collectors.toSet());
    wanted = ModelRoles.of(models);
    plans = new WindowPlans(wanted);
  }

  /** Takes up models at once, waiting for them: what held before a restart. */
  void restore(ModelRoles roles) {
    change(roles);
    roles.models().map(ServedModel::sha256).map(loaded::get).forEach(ServingModels::await);
  }

  /** Takes up an assignment as soon as it is loaded. */
  void change(ModelAssignment assignment) {
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

  /** Whether every change is loaded, so that it takes effect with the next frame. */
  boolean hasNoPending() {
    return pending.stream().allMatch(this::isLoaded);
  }

  private boolean isLoaded(ModelRoles roles) {
    return roles
        .models()
        .map(model -> loaded.get(model.sha256()))
        .allMatch(preload -> preload == null || preload.isDone());
  }

  /** How windows are cut for the models that serve now. */
  WindowPlans plans() {
    while (!pending.isEmpty() && isLoaded(pending.peek())) {
      ModelRoles roles = pending.poll();
      roles.models().map(model -> loaded.get(model.sha256())).forEach(ServingModels::await);
      plans = new WindowPlans(roles);
      closeUnused(roles);
    }
    return plans;
  }

  /** Own models have no preload. */
  private static void await(ModelPreload preload) {
    if (preload != null) {
      preload.await();
    }
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

  @Override
  public void close() {
    loaded.values().forEach(ModelPreload::close);
  }
}
