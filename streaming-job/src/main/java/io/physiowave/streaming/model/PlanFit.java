package io.physiowave.streaming.model;

import io.physiowave.core.window.WindowPlan;
import java.util.Optional;

/**
 * Whether and how a stream feeds a model.
 *
 * @param model the model that serves the stream's modality, if any
 * @param plan how its windows are cut; empty when the stream is refused
 * @param identity what saved windows of the plan are known by; empty when the stream is refused
 * @param refusal why the stream is refused; empty otherwise
 * @param shadow the model that answers the same windows beside it, if any
 * @param base if the model is a canary, the model that serves the other streams
 */
public record PlanFit(
    Optional<ServedModel> model,
    Optional<WindowPlan> plan,
    Optional<PlanIdentity> identity,
    String refusal,
    Optional<ServedModel> shadow,
    Optional<ServedModel> base) {

  static PlanFit of(
      ServedModel model,
      WindowPlan plan,
      Optional<ServedModel> shadow,
      Optional<ServedModel> base) {
    return new PlanFit(
        Optional.of(model),
        Optional.of(plan),
        Optional.of(PlanIdentity.of(plan)),
        "",
        shadow.filter(beside -> beside.readsSameWindows(model) && !beside.equals(model)),
        base.filter(serving -> !serving.equals(model)));
  }

  static PlanFit refused(ServedModel model, String why) {
    return new PlanFit(
        Optional.of(model),
        Optional.empty(),
        Optional.empty(),
        why,
        Optional.empty(),
        Optional.empty());
  }

  static PlanFit noModel(String why) {
    return new PlanFit(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        why,
        Optional.empty(),
        Optional.empty());
  }

  /** Whether the stream feeds a model. */
  public boolean fits() {
    return plan.isPresent();
  }
}
