package io.physiowave.streaming.calibrate;

import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.recording.RecordingAnnotation;
import io.physiowave.connectors.recording.RecordingChannel;
import io.physiowave.connectors.recording.RecordingSource;
import io.physiowave.connectors.recording.cut.RecordingCutter;
import io.physiowave.core.card.ModelCard;
import io.physiowave.core.window.CutWindow;
import io.physiowave.core.window.StreamWindower;
import io.physiowave.core.window.WindowPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes windows that lie wholly within a marked stretch of a recording. */
public final class MarkedRecordings {
  private final ModelCard card;
  private final int rounds;
  private final Map<String, Integer> seen = new HashMap<>();

  /**
   * For a model.
   *
   * @param rounds the first so many stretches of each label are taken, over all recordings
   */
  public MarkedRecordings(ModelCard card, int rounds) {
    this.card = card;
    this.rounds = rounds;
  }

  private record Stretch(RecordingAnnotation mark, int round) {
    boolean holds(CutWindow window) {
      return window.startSample() >= mark.startSample() && window.endSample() <= mark.endSample();
    }
  }

  /**
   * Reads recordings in their order.
   *
   * @throws IOException when one is missing or damaged
   * @throws IllegalArgumentException when its channels, unit or rate cannot feed the model
   */
  public HeldWindows read(List<RecordingSource> sources) throws IOException {
    HeldWindows windows = new HeldWindows(card);
    for (RecordingSource source : sources) {
      try (Recording recording = source.open()) {
        List<Stretch> stretches = stretches(recording);
        if (!stretches.isEmpty()) {
          RecordingCutter.cut(
              recording,
              new StreamWindower(plan(recording), 0),
              window -> take(window, stretches, windows));
        }
      }
    }
    return windows;
  }

  private static void take(CutWindow window, List<Stretch> stretches, HeldWindows windows) {
    for (Stretch stretch : stretches) {
      if (stretch.holds(window)) {
        windows.add(stretch.mark().label(), stretch.round(), window);
      }
    }
  }

  private List<Stretch> stretches(Recording recording) throws IOException {
    List<Stretch> stretches = new ArrayList<>();
    for (RecordingAnnotation mark : recording.annotations()) {
      if (card.labels().contains(mark.label()) && !mark.isInstant()) {
        int round = seen.merge(mark.label(), 1, Integer::sum);
        if (round <= rounds) {
          stretches.add(new Stretch(mark, round));
        }
      }
    }
    return stretches;
  }

  private WindowPlan plan(Recording recording) {
    return WindowPlan.of(
        card,
        recording.sampleRateHz(),
        recording.channels().stream().map(RecordingChannel::name).toList(),
        recording.channels().get(0).unit());
  }
}
