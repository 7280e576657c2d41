package io.physiowave.dashboard.server;

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

/** Frames and labels for tests. */
final class Samples {
  static final double RATE_HZ = 250;

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

  /** A beat labelled V with probability 0.9. */
  static LabelEvent beat(String stream, long sample, long arrivalMicros) {
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
        "V",
        0.9f,
        Map.of("V", 0.9f),
        new SignalQuality(QualityLevel.USABLE, "saturation: MLII"),
        "",
        new LabelTiming(arrivalMicros, 0, 0, 0));
  }
}
