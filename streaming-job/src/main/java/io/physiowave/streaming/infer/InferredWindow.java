package io.physiowave.streaming.infer;

import io.physiowave.core.frame.Modality;
import io.physiowave.core.quality.SignalQuality;
import io.physiowave.core.window.SignalWindow;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.types.RecordType;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * What a model says about a window.
 *
 * @param streamId the stream
 * @param sessionId the session
 * @param modality kind of signal
 * @param sampleRateHz the stream's rate, to which the sample positions refer
 * @param startSample first sample
 * @param endSample one past the last sample
 * @param startMicros time of the first sample, microseconds since the epoch
 * @param endMicros time of the end
 * @param beatSample the beat's own sample, or {@link SignalWindow#NO_BEAT}
 * @param quality verdict on the signal
 * @param arrivalMicros arrival of the frame that completed the window
 * @param assembledMicros when the window was cut
 * @param inferredMicros when the model had answered
 * @param model the model that was asked
 * @param probabilities in the card's order, bias applied; empty when the model was not asked, since
 *     the signal is bad, or has failed
 * @param traceparent W3C trace context of the frame that completed the window; empty when it is not
 *     traced
 * @param role what becomes of the answer
 * @param failure why a model on trial did not answer; empty otherwise
 * @param calibration id of the wearer's calibration that took part; empty without one
 */
public record InferredWindow(
    String streamId,
    String sessionId,
    Modality modality,
    double sampleRateHz,
    long startSample,
    long endSample,
    long startMicros,
    long endMicros,
    long beatSample,
    SignalQuality quality,
    long arrivalMicros,
    long assembledMicros,
    long inferredMicros,
    ServedModel model,
    float[] probabilities,
    String traceparent,
    WindowRole role,
    String failure,
    String calibration) {

  /** For Flink. */
  public static final TypeInformation<InferredWindow> TYPE =
      new RecordType<>(InferredWindow.class, InferredWindowSerializer.INSTANCE);

  /**
   * The answer to a window.
   *
   * @param calibration id of the wearer's calibration that took part; empty without one
   */
  public static InferredWindow of(
      SignalWindow window,
      ServedModel model,
      float[] probabilities,
      long inferredMicros,
      WindowRole role,
      String calibration) {
    return of(window, model, probabilities, inferredMicros, role, "", calibration);
  }

  /** That a model on trial has failed at a window. */
  static InferredWindow failed(
      SignalWindow window,
      ServedModel model,
      String failure,
      long inferredMicros,
      WindowRole role) {
    return of(window, model, new float[0], inferredMicros, role, failure, "");
  }

  private static InferredWindow of(
      SignalWindow window,
      ServedModel model,
      float[] probabilities,
      long inferredMicros,
      WindowRole role,
      String failure,
      String calibration) {
    return new InferredWindow(
        window.streamId(),
        window.sessionId(),
        window.modality(),
        window.sampleRateHz(),
        window.startSample(),
        window.endSample(),
        window.startMicros(),
        window.endMicros(),
        window.beatSample(),
        window.quality(),
        window.arrivalMicros(),
        window.assembledMicros(),
        inferredMicros,
        model,
        probabilities,
        window.traceparent(),
        role,
        failure,
        calibration);
  }

  /** Whether the window is traced. */
  public boolean isTraced() {
    return !traceparent.isEmpty();
  }

  /** The same at another place of its trace. */
  public InferredWindow at(String place) {
    return new InferredWindow(
        streamId,
        sessionId,
        modality,
        sampleRateHz,
        startSample,
        endSample,
        startMicros,
        endMicros,
        beatSample,
        quality,
        arrivalMicros,
        assembledMicros,
        inferredMicros,
        model,
        probabilities,
        place,
        role,
        failure,
        calibration);
  }

  /** Whether the model has answered. */
  public boolean isAnswered() {
    return probabilities.length > 0;
  }

  /** Whether the window is about one beat. */
  public boolean isBeat() {
    return beatSample != SignalWindow.NO_BEAT;
  }
}
