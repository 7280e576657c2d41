package io.physiowave.dashboard.server;

import io.physiowave.core.arrhythmia.RhythmFigures;
import io.physiowave.core.arrhythmia.RhythmSummary;
import io.physiowave.core.event.Episode;
import io.physiowave.core.event.EventPhase;
import io.physiowave.core.event.SignalEvent;
import io.physiowave.core.frame.Modality;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.label.LabelEvent;
import io.physiowave.core.label.LabelTiming;
import io.physiowave.core.label.ModelReference;
import io.physiowave.core.quality.QualityLevel;
import io.physiowave.core.quality.SignalQuality;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Frames and labels for tests. */
final class Samples {
  static final double RATE_HZ = 250;

  /** So that each window is another one. */
  private static final AtomicInteger WINDOWS = new AtomicInteger();

  private Samples() {}

  /** A one-lead frame in mV at 250 Hz: 4 samples make two points. */
  static SignalFrame frame(String stream, long firstSample, float... millivolts) {
    return frame(stream, "s1", firstSample, millivolts);
  }

  static SignalFrame frame(String stream, String session, long firstSample, float... millivolts) {
    return new SignalFrame(
        stream,
        session,
        Modality.ECG,
        firstSample,
        0,
        0,
        RATE_HZ,
        List.of("MLII"),
        "mV",
        new float[][] {millivolts},
        new BitSet(),
        false);
  }

  /** A gesture that began at a sample; ended at another one, or still under way. */
  static SignalEvent gesture(String stream, String session, long onset, OptionalLong offset) {
    return new SignalEvent(
        stream,
        session,
        Modality.EMG,
        new ModelReference("emg-gestures", "1.0", "0".repeat(64)),
        RATE_HZ,
        new Episode(
            "gesture",
            "FIST",
            "a fist",
            offset.isPresent() ? EventPhase.OFFSET : EventPhase.ONSET,
            onset,
            offset,
            0.9f,
            3,
            0),
        onset * 4_000,
        offset.isPresent() ? OptionalLong.of(offset.getAsLong() * 4_000) : OptionalLong.empty());
  }

  /** Ten seconds with 12 beats, of which 2 are ventricular. */
  static RhythmSummary rhythm(String stream, String session, int nnIntervals) {
    return new RhythmSummary(
        stream,
        session,
        new ModelReference("ecg-beats", "1.0", "0".repeat(64)),
        RATE_HZ,
        0,
        10_000_000,
        new RhythmFigures(
            0, 2_500, 12, 0, 2, 0, 0, 11, 800, nnIntervals, 20, 25, 0.1, 0.03, Set.of()));
  }

  /** A beat labelled V with probability 0.9. */
  static LabelEvent beat(String stream, long sample, long arrivalMicros) {
    return beat(stream, sample, arrivalMicros, "V", "");
  }

  /** A beat of which the model was too unsure. */
  static LabelEvent unsureBeat(String stream, long sample) {
    return beat(
        stream, sample, 0, LabelEvent.UNCLASSIFIABLE, "probability 0.34 of V is below 0.50");
  }

  /** A window of a model whose card names its labels; without an answer when the signal is bad. */
  static LabelEvent window(String stream, boolean isAnswered, String calibration) {
    return new LabelEvent(
        stream + "-" + WINDOWS.incrementAndGet(),
        stream,
        "s1",
        Modality.EMG,
        new ModelReference("my-gestures", "2.0", "0".repeat(64)),
        RATE_HZ,
        0,
        100,
        0,
        0,
        OptionalLong.empty(),
        isAnswered ? "1" : LabelEvent.UNCLASSIFIABLE,
        isAnswered ? 0.75f : 0,
        isAnswered ? Map.of("1", 0.75f, "2", 0.25f) : Map.of(),
        isAnswered ? Map.of("1", "pinch", "2", "point") : Map.of(),
        isAnswered ? SignalQuality.GOOD : new SignalQuality(QualityLevel.BAD, "flatline"),
        isAnswered ? "" : "flatline",
        new LabelTiming(0, 0, 0, 0),
        calibration);
  }

  private static LabelEvent beat(
      String stream, long sample, long arrivalMicros, String label, String reason) {
    return new LabelEvent(
        stream + sample,
        stream,
        "s1",
        Modality.ECG,
        new ModelReference("ecg-beats", "1.0", "0".repeat(64)),
        RATE_HZ,
        sample - 100,
        sample + 100,
        0,
        0,
        OptionalLong.of(sample),
        label,
        reason.isEmpty() ? 0.9f : 0,
        Map.of("V", reason.isEmpty() ? 0.9f : 0.34f),
        Map.of("V", "Ventricular"),
        new SignalQuality(QualityLevel.USABLE, "saturation: MLII"),
        reason,
        new LabelTiming(arrivalMicros, 0, 0, 0),
        "");
  }
}
