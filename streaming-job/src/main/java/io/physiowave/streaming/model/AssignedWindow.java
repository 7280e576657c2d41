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
 */
public record AssignedWindow(SignalWindow window, ServedModel model, Optional<ServedModel> shadow) {
  /** For Flink. */
  public static final TypeInformation<AssignedWindow> TYPE =
      new RecordType<>(AssignedWindow.class, AssignedWindowSerializer.INSTANCE);

  /** A window for one model alone. */
  public AssignedWindow(SignalWindow window, ServedModel model) {
    this(window, model, Optional.empty());
  }
}
