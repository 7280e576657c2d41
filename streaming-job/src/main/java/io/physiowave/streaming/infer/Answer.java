package io.physiowave.streaming.infer;

import io.physiowave.streaming.model.ModelRefusedException;
import io.physiowave.streaming.model.ServedModel;
import java.time.Duration;

/**
 * What became of a call.
 *
 * @param probabilities {@code float[asked * classes]}, row after row; empty when the model was not
 *     asked or has failed
 * @param thrown what the model threw; null when it has answered
 * @param returned whether the call has come back; otherwise its buffer and session are still in use
 * @param ranNanos how long it took
 */
record Answer(float[] probabilities, Throwable thrown, boolean returned, long ranNanos) {
  private static final float[] NOTHING = {};

  /** Of a call that asked nothing. */
  static final Answer NOT_ASKED = new Answer(NOTHING, null, true, 0);

  /** What a call came back with. */
  static Answer of(float[] probabilities, long ranNanos) {
    return new Answer(probabilities, null, true, ranNanos);
  }

  /** A call came back with a failure. */
  static Answer failed(Throwable thrown, long ranNanos) {
    return new Answer(NOTHING, thrown, true, ranNanos);
  }

  /** A call has not come back in time. */
  static Answer overdue(ServedModel model, Duration limit) {
    return new Answer(
        NOTHING,
        new ModelRefusedException(
            model
                + ": no answer within "
                + limit.toMillis()
                + " ms, the limit for models on trial (inference.trial-timeout)"),
        false,
        limit.toNanos());
  }
}
