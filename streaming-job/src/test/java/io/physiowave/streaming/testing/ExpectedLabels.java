package io.physiowave.streaming.testing;

import io.physiowave.core.card.ModelCard;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.label.LabelIdentity;
import io.physiowave.core.quality.QualityLevel;
import io.physiowave.core.window.CutWindow;
import io.physiowave.core.window.StreamWindower;
import io.physiowave.core.window.WindowPlan;
import io.physiowave.streaming.model.ServedModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the job must say, computed without it: one windower over a whole session. */
public final class ExpectedLabels {
  private ExpectedLabels() {}

  /** The windows of a session given in order and whole. */
  public static List<CutWindow> windows(ModelCard card, List<SignalFrame> session) {
    SignalFrame first = session.get(0);
    StreamWindower windower =
        new StreamWindower(
            WindowPlan.of(card, first.sampleRateHz(), first.channels(), first.unit()),
            first.firstSampleIndex());
    List<CutWindow> windows = new ArrayList<>();
    for (SignalFrame frame : session) {
      windower.append(frame.samples(), 0, frame.sampleCount(), frame.leadOff(), windows::add);
    }
    windower.finish(windows::add);
    return windows;
  }

  /** Labels by id, as the models of {@link TestModels} give them without votes. */
  public static Map<String, String> of(ServedModel model, List<SignalFrame> session) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (CutWindow window : windows(model.card(), session)) {
      long at = window.beatSample() < 0 ? window.startSample() : window.beatSample();
      labels.put(
          LabelIdentity.of(
              session.get(0).streamId(), session.get(0).sessionId(), at, model.reference()),
          label(model.card(), window));
    }
    return labels;
  }

  private static String label(ModelCard card, CutWindow window) {
    if (window.quality().level() == QualityLevel.BAD) {
      return "UNCLASSIFIABLE";
    }
    double sum = 0;
    for (int i = 0; i < card.windowSamples(); i++) {
      sum += window.input()[i];
    }
    long nearest = Math.round(sum / card.windowSamples());
    return card.labels().get((int) Math.max(0, Math.min(card.labels().size() - 1, nearest)));
  }
}
