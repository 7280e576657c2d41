package io.physiowave.streaming.model;

import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.window.WindowPlan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Window plans by layout, computed once each. Not thread-safe: one for each subtask.
 *
 * <p>Devices choose their layouts, so only the most recently used ones are kept.
 */
public final class WindowPlans {
  private static final int MAXIMUM_LAYOUTS = 512;

  private final ModelCatalogue models;
  private final Map<FrameLayout, PlanFit> fits =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<FrameLayout, PlanFit> eldest) {
          return size() > MAXIMUM_LAYOUTS;
        }
      };

  public WindowPlans(ModelCatalogue models) {
    this.models = models;
  }

  /** How the frame's stream feeds the model of its modality. */
  public PlanFit fit(SignalFrame frame) {
    return fit(FrameLayout.of(frame));
  }

  /** How a stream of this layout feeds the model of its modality. */
  public PlanFit fit(FrameLayout layout) {
    PlanFit known = fits.get(layout);
    if (known == null) {
      known = compute(layout);
      fits.put(layout, known);
    }
    return known;
  }

  private PlanFit compute(FrameLayout layout) {
    Optional<ServedModel> model = models.serving(layout.modality());
    if (model.isEmpty()) {
      return PlanFit.noModel(
          "no model serves modality " + layout.modality() + "; the job serves " + models.names());
    }
    try {
      return PlanFit.of(
          model.get(),
          WindowPlan.of(
              model.get().card(), layout.sampleRateHz(), layout.channels(), layout.unit()));
    } catch (IllegalArgumentException e) {
      return PlanFit.refused(
          model.get(), "model " + model.get().card().name() + ": " + e.getMessage());
    }
  }
}
