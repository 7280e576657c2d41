package io.physiowave.core.window;

import io.physiowave.core.card.ModelChannel;
import io.physiowave.core.card.Windowing;
import io.physiowave.core.dsp.FilterSpecification;
import io.physiowave.core.frame.Modality;
import io.physiowave.core.rhythm.RhythmFeature;
import java.util.List;

/** Plans for tests. */
final class Plans {
  static final List<FilterSpecification> FILTERS =
      List.of(new FilterSpecification.HighPass(2, 0.5), new FilterSpecification.LowPass(4, 40));

  private Plans() {}

  static WindowPlan beats(double streamRateHz, List<String> channels, String unit) {
    return WindowPlan.of(
        new Windowing.BeatCentred(64, 24, RhythmFeature.names()),
        90,
        "mV",
        List.of(
            new ModelChannel("II", List.of("II", "MLII", "*"), true),
            new ModelChannel("V1", List.of("V1", "*"), false)),
        FILTERS,
        Modality.ECG,
        streamRateHz,
        channels,
        unit);
  }

  static WindowPlan sliding(double streamRateHz, double modelRateHz, int window, int hop) {
    return WindowPlan.of(
        new Windowing.Sliding(window, hop),
        modelRateHz,
        "uV",
        List.of(
            new ModelChannel("1", List.of("a"), true),
            new ModelChannel("2", List.of("b"), true),
            new ModelChannel("3", List.of("c"), false)),
        List.of(new FilterSpecification.HighPass(2, 5)),
        Modality.EMG,
        streamRateHz,
        List.of("b", "a"),
        "mV");
  }
}
