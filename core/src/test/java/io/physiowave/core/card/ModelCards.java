package io.physiowave.core.card;

import io.physiowave.core.dsp.FilterSpecification;
import io.physiowave.core.frame.Modality;
import io.physiowave.core.rhythm.RhythmFeature;
import java.util.List;
import java.util.Map;

/** Model cards for tests. */
final class ModelCards {
  private ModelCards() {}

  static ModelCard beats() {
    return new ModelCard(
        ModelCard.SCHEMA,
        "ecg-beats",
        "1.0.0",
        "beat-classification",
        Modality.ECG,
        List.of("N", "S", "V", "F", "Q"),
        List.of(
            new ModelChannel("II", List.of("II", "MLII", "*"), true),
            new ModelChannel("V1", List.of("V1", "*"), false)),
        "mV",
        90,
        new Windowing.BeatCentred(64, 24, RhythmFeature.names()),
        List.of(
            new FilterSpecification.HighPass(2, 0.5),
            new FilterSpecification.LowPass(4, 40),
            new FilterSpecification.Notch(2, 50, 2)),
        Map.of("kind", "window-zscore", "epsilon", 1e-6),
        new Decision(List.of(0.0, 0.75, 1.0, 0.0, 0.0), 0.2, 1),
        21,
        3e-6,
        new Provenance(
            List.of(new Provenance.DataSet("mitdb 1.0.0", "ODC-By 1.0", "ab".repeat(32))),
            "by patient",
            7,
            Map.of("epochs", 7),
            "0.1.0",
            "libtorch 2.10",
            "2026-11-23"),
        List.of(
            new Evaluation(
                "mitdb", "validation", Map.of("accuracy", 0.94), List.of(List.of(1L, 0L)))));
  }
}
