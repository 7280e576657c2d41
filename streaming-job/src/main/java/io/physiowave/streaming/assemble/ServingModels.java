package io.physiowave.streaming.assemble;

import io.physiowave.streaming.infer.ModelPreload;
import io.physiowave.streaming.model.ModelCatalogue;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.model.WindowPlans;
import io.physiowave.streaming.options.InferenceOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The models that serve a subtask's streams. A change is loaded beside the way of the data and
 * takes effect, in the order of the changes, once it is loaded.
 */
final class ServingModels implements AutoCloseable {
  private static final int MAXIMUM_KEPT = 4;

  private final InferenceOptions options;
  private final Deque<ModelPreload> pending = new ArrayDeque<>();
  private final List<ModelPreload> kept = new ArrayList<>();
  private ModelCatalogue models;
  private WindowPlans plans;

  ServingModels(ModelCatalogue models, InferenceOptions options) {
    this.models = models;
    this.options = options;
    plans = new WindowPlans(models);
  }

  /** Takes up a model at once, waiting for it: what served before a restart. */
  void restore(ServedModel model) {
    if (!models.models().contains(model)) {
      ModelPreload preload = ModelPreload.start(model, options);
      preload.await();
      serve(preload);
    }
  }

  /** Takes up a model as soon as it is loaded. */
  void change(ServedModel model) {
    pending.add(ModelPreload.start(model, options));
  }

  /** Whether every change is loaded, so that it takes effect with the next frame. */
  boolean hasNoPending() {
    return pending.stream().allMatch(ModelPreload::isDone);
  }

  /** How windows are cut for the models that serve now. */
  WindowPlans plans() {
    while (!pending.isEmpty() && pending.peek().isDone()) {
      ModelPreload loaded = pending.poll();
      loaded.await();
      serve(loaded);
    }
    return plans;
  }

  private void serve(ModelPreload loaded) {
    models = models.with(loaded.model());
    plans = new WindowPlans(models);
    kept.add(loaded);
    if (kept.size() > MAXIMUM_KEPT) {
      kept.remove(0).close();
    }
  }

  @Override
  public void close() {
    pending.forEach(ModelPreload::close);
    kept.forEach(ModelPreload::close);
  }
}
