package io.physiowave.streaming.control;

import io.physiowave.streaming.model.ModelRefusedException;
import io.physiowave.streaming.model.ServedModel;
import java.util.Optional;

/**
 * What came of a release by itself, before it is held against what serves.
 *
 * @param version the release
 * @param model the model; absent when it is refused
 * @param refusal why it is refused; empty otherwise
 */
record CheckedRelease(String version, Optional<ServedModel> model, String refusal) {
  /** Why a release is given up that a later record of the model leaves behind. */
  static final String OVERTAKEN = "a later record of the model took the place of this one";

  static CheckedRelease passed(String version, ServedModel model) {
    return new CheckedRelease(version, Optional.of(model), "");
  }

  static CheckedRelease refused(String version, String refusal) {
    return new CheckedRelease(version, Optional.empty(), refusal);
  }

  /**
   * The model.
   *
   * @throws ModelRefusedException when there is none
   */
  ServedModel require() {
    return model.orElseThrow(() -> new ModelRefusedException(refusal));
  }
}
