package io.physiowave.streaming.model;

import io.physiowave.core.window.SignalWindow;
import io.physiowave.streaming.types.RecordType;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A window and the model it was cut for. Which model answers is decided here and nowhere later, so
 * that a change of models falls between two windows of a stream.
 *
 * @param window the window
 * @param model the model
 * @param shadow the model that answers it beside, if any
 * @param base if the model is a canary, the model that serves the other streams
 * @param calibration what the wearer's calibration says of it
 * @param changes how many changes of models the subtask had made when it was cut
 */
public record AssignedWindow(
    SignalWindow window,
    ServedModel model,
    Optional<ServedModel> shadow,
    Optional<ServedModel> base,
    WindowCalibration calibration,
    long changes) {
  /** For Flink. */
  public static final TypeInformation<AssignedWindow> TYPE =
      new RecordType<>(AssignedWindow.class, AssignedWindowSerializer.INSTANCE);

  /** A window for one model alone. */
  public AssignedWindow(SignalWindow window, ServedModel model) {
    this(window, model, Optional.empty(), Optional.empty());
  }

  /** A window of a wearer for whom nothing is calibrated. */
  public AssignedWindow(
      SignalWindow window,
      ServedModel model,
      Optional<ServedModel> shadow,
      Optional<ServedModel> base) {
    this(window, model, shadow, base, WindowCalibration.NONE, 0);
  }

  /** The same with what the wearer's calibration says of it. */
  public AssignedWindow with(WindowCalibration saying) {
    return new AssignedWindow(window, model, shadow, base, saying, changes);
  }

  /** The same, cut after a number of changes of models. */
  public AssignedWindow after(long changesMade) {
    return new AssignedWindow(window, model, shadow, base, calibration, changesMade);
  }

  /** Whether the model is on trial. */
  public boolean isCanary() {
    return base.isPresent();
  }

  /** The model that can answer the window if the canary cannot. */
  public Optional<ServedModel> standIn() {
    return base.filter(serving -> serving.readsSameWindows(model));
  }
}
