package io.physiowave.benchmarks.gateway;

import io.physiowave.core.frame.Modality;
import io.physiowave.core.label.LabelEvent;
import io.physiowave.core.label.LabelEventCodec;
import io.physiowave.core.label.LabelTiming;
import io.physiowave.core.label.ModelReference;
import io.physiowave.core.quality.SignalQuality;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Labels as large as those of the shipped gesture model: six classes with names. */
final class BenchLabels {
  private static final int RATE_HZ = 200;
  private static final int WINDOW = 96;
  private static final long MICROS = 1_750_000_000_000_000L;

  private static final Map<String, String> NAMES =
      Map.of(
          "1",
          "rest",
          "2",
          "fist",
          "3",
          "wrist flexion",
          "4",
          "wrist extension",
          "5",
          "radial deviation",
          "6",
          "ulnar deviation");

  private BenchLabels() {}

  /** A label of a stream, protobuf. */
  static byte[] of(String stream) {
    Map<String, Float> probabilities = new LinkedHashMap<>();
    NAMES.keySet().stream().sorted().forEach(name -> probabilities.put(name, 0.02f));
    probabilities.put("2", 0.9f);
    return LabelEventCodec.encode(
        new LabelEvent(
            stream + "-0123456789abcdef",
            stream,
            "bench",
            Modality.EMG,
            new ModelReference("emg-gestures", "1.3.0", "0".repeat(64)),
            RATE_HZ,
            0,
            WINDOW,
            MICROS,
            MICROS + 480_000,
            OptionalLong.empty(),
            "2",
            0.9f,
            probabilities,
            NAMES,
            SignalQuality.GOOD,
            "",
            new LabelTiming(MICROS, MICROS, MICROS, MICROS),
            ""));
  }
}
