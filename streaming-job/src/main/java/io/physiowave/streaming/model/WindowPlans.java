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

  private final ModelRoles roles;
  private final Map<FrameLayout, PlanFit> fits = new MostRecent();
  private final Map<FrameLayout, PlanFit> canaryFits = new MostRecent();

  /** Plans of models that serve, with nothing on trial. */
  public WindowPlans(ModelCatalogue models) {
    this(ModelRoles.of(models));
  }

  public WindowPlans(ModelRoles roles) {
    this.roles = roles;
  }

  private static final class MostRecent extends LinkedHashMap<FrameLayout, PlanFit> {
    private static final long serialVersionUID = 1L;

    MostRecent() {
      super(64, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<FrameLayout, PlanFit> eldest) {
      return size() > MAXIMUM_LAYOUTS;
    }
  }

  /** How the frame's stream feeds the model that serves it. */
  public PlanFit fit(SignalFrame frame) {
    return fit(frame.streamId(), FrameLayout.of(frame));
  }

  /**
   * How a stream of this layout feeds the model that serves it: the canary when the stream is of
   * its share and can feed it, otherwise the one of its modality.
   */
  public PlanFit fit(String streamId, FrameLayout layout) {
    Optional<Canary> canary = roles.candidates(layout.modality()).canary();
    if (canary.isPresent() && canary.get().takes(streamId)) {
      PlanFit fit = known(canaryFits, layout, canary.map(Canary::model));
      if (fit.fits()) {
        return fit;
      }
    }
    return known(fits, layout, roles.serving().serving(layout.modality()));
  }

  private PlanFit known(
      Map<FrameLayout, PlanFit> cache, FrameLayout layout, Optional<ServedModel> model) {
    PlanFit known = cache.get(layout);
    if (known == null) {
      known = compute(layout, model);
      cache.put(layout, known);
    }
    return known;
  }

  private PlanFit compute(FrameLayout layout, Optional<ServedModel> model) {
    if (model.isEmpty()) {
      return PlanFit.noModel(
          "no model serves modality "
              + layout.modality()
              + "; the job serves "
              + roles.serving().names());
    }
    try {
      return PlanFit.of(
          model.get(),
          WindowPlan.of(
              model.get().card(), layout.sampleRateHz(), layout.channels(), layout.unit()),
          roles.candidates(layout.modality()).shadow(),
          roles.serving().serving(layout.modality()));
    } catch (IllegalArgumentException e) {
      return PlanFit.refused(
          model.get(), "model " + model.get().card().name() + ": " + e.getMessage());
    }
  }
}
