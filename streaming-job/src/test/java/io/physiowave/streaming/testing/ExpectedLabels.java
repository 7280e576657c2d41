package io.physiowave.streaming.testing;

import io.physiowave.core.card.ModelCard;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.label.LabelEvent;
import io.physiowave.core.label.LabelIdentity;
import io.physiowave.core.quality.QualityLevel;
import io.physiowave.core.window.CutWindow;
import io.physiowave.core.window.StreamWindower;
import io.physiowave.core.window.WindowPlan;
import io.physiowave.streaming.model.ServedModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the job must say, computed without it: one windower over a whole session. */
public final class ExpectedLabels {
  private ExpectedLabels() {}

  /** The windows of a session given in order; what is missing between frames is lost. */
  public static List<CutWindow> windows(ModelCard card, List<SignalFrame> session) {
    SignalFrame first = session.get(0);
    StreamWindower windower =
        new StreamWindower(
            WindowPlan.of(card, first.sampleRateHz(), first.channels(), first.unit()),
            first.firstSampleIndex());
    List<CutWindow> windows = new ArrayList<>();
    for (SignalFrame frame : session) {
      windower.appendGap(frame.firstSampleIndex() - windower.nextSampleIndex(), windows::add);
      windower.append(frame.samples(), 0, frame.sampleCount(), frame.leadOff(), windows::add);
    }
    windower.finish(windows::add);
    return windows;
  }

  /** Labels by id, as the models of {@link TestModels} give them. */
  public static Map<String, String> of(ServedModel model, List<SignalFrame> session) {
    Map<String, String> labels = new LinkedHashMap<>();
    List<String> recent = new ArrayList<>();
    long recentEnd = 0;
    for (CutWindow window : windows(model.card(), session)) {
      boolean isBeat = window.beatSample() >= 0;
      if (isBeat || window.startSample() > recentEnd) {
        recent.clear();
      }
      recentEnd = window.endSample();
      String alone = label(model.card(), window);
      recent.add(alone);
      if (recent.size() > model.card().decision().votes()) {
        recent.remove(0);
      }
      labels.put(
          LabelIdentity.of(
              session.get(0).streamId(),
              session.get(0).sessionId(),
              isBeat ? window.beatSample() : window.startSample(),
              model.reference()),
          alone.equals(LabelEvent.UNCLASSIFIABLE) ? alone : winner(recent));
    }
    return labels;
  }

  /** The label given most often, of several the one given last. */
  private static String winner(List<String> votes) {
    String winner = LabelEvent.UNCLASSIFIABLE;
    int most = 0;
    for (int i = votes.size() - 1; i >= 0; i--) {
      int count = Collections.frequency(votes, votes.get(i));
      if (!votes.get(i).equals(LabelEvent.UNCLASSIFIABLE) && count > most) {
        winner = votes.get(i);
        most = count;
      }
    }
    return winner;
  }

  private static String label(ModelCard card, CutWindow window) {
    if (window.quality().level() == QualityLevel.BAD) {
      return LabelEvent.UNCLASSIFIABLE;
    }
    double sum = 0;
    for (int i = 0; i < card.windowSamples(); i++) {
      sum += window.input()[i];
    }
    long nearest = Math.round(sum / card.windowSamples());
    return card.labels().get((int) Math.max(0, Math.min(card.labels().size() - 1, nearest)));
  }
}
