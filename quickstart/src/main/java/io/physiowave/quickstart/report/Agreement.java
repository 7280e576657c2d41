package io.physiowave.quickstart.report;

import io.physiowave.connectors.recording.RecordingAnnotation;
import io.physiowave.core.label.LabelEvent;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How often the labels say what is known to be true.
 *
 * @param what is counted: {@code beats} or {@code windows}
 * @param compared of them, those about which the truth is known and a label was given
 * @param agreed of these, those with the true label
 * @param missed beats without a label; 0 for windows
 * @param unclassifiable of the compared ones, those about which the job declined to answer
 */
public record Agreement(String what, long compared, long agreed, long missed, long unclassifiable) {
  /** ANSI/AAMI EC57 compares beats that lie at most 150 ms apart. */
  private static final double MATCH_SECONDS = 0.15;

  private static final Set<String> BEAT_CLASSES = Set.of("N", "S", "V", "F", "Q");

  /** Share that agrees, in [0, 1]; 0 when nothing was compared. */
  public double share() {
    return compared == 0 ? 0 : (double) agreed / compared;
  }

  /** In words, e.g. {@code 97.2 % of 108 beats, 1 missed}. */
  @Override
  public String toString() {
    if (compared == 0) {
      return "nothing to compare";
    }
    StringBuilder text =
        new StringBuilder(
            String.format(Locale.ROOT, "%.1f %% of %d %s", 100 * share(), compared, what));
    if (missed > 0) {
      text.append(", ").append(missed).append(" missed");
    }
    if (unclassifiable > 0) {
      text.append(", ").append(unclassifiable).append(" unclassifiable");
    }
    return text.toString();
  }

  /**
   * Compares beats with beats where there are any, otherwise windows with the stretch they lie in;
   * a window across a change is about neither side and is passed over.
   *
   * @param judgements labels of one session
   * @param truth statements about the same session, ordered by start
   * @param sampleRateHz of the session
   */
  static Agreement of(
      List<Judgement> judgements, List<RecordingAnnotation> truth, double sampleRateHz) {
    List<Judgement> beats =
        judgements.stream()
            .filter(Judgement::isBeat)
            .sorted(Comparator.comparingLong(Judgement::beatSample))
            .toList();
    return beats.isEmpty()
        ? ofWindows(judgements, truth)
        : ofBeats(beats, truth, Math.round(MATCH_SECONDS * sampleRateHz));
  }

  private static Agreement ofBeats(
      List<Judgement> beats, List<RecordingAnnotation> truth, long tolerance) {
    long first = beats.get(0).beatSample() - tolerance;
    long last = beats.get(beats.size() - 1).beatSample() + tolerance;
    long compared = 0;
    long agreed = 0;
    long missed = 0;
    long unclassifiable = 0;
    int next = 0;
    for (RecordingAnnotation known : truth) {
      long sample = known.startSample();
      if (!BEAT_CLASSES.contains(known.label()) || sample < first || sample > last) {
        continue;
      }
      while (next < beats.size() && beats.get(next).beatSample() < sample - tolerance) {
        next++;
      }
      if (next == beats.size() || beats.get(next).beatSample() > sample + tolerance) {
        missed++;
        continue;
      }
      Judgement found = beats.get(next++);
      compared++;
      agreed += found.label().equals(known.label()) ? 1 : 0;
      unclassifiable += found.label().equals(LabelEvent.UNCLASSIFIABLE) ? 1 : 0;
    }
    return new Agreement("beats", compared, agreed, missed, unclassifiable);
  }

  private static Agreement ofWindows(List<Judgement> windows, List<RecordingAnnotation> truth) {
    long compared = 0;
    long agreed = 0;
    long unclassifiable = 0;
    int stretch = 0;
    for (Judgement window :
        windows.stream().sorted(Comparator.comparingLong(Judgement::startSample)).toList()) {
      while (stretch < truth.size() && truth.get(stretch).endSample() <= window.startSample()) {
        stretch++;
      }
      if (stretch == truth.size()) {
        break;
      }
      RecordingAnnotation known = truth.get(stretch);
      if (known.startSample() <= window.startSample() && window.endSample() <= known.endSample()) {
        compared++;
        agreed += says(window.label(), known) ? 1 : 0;
        unclassifiable += window.label().equals(LabelEvent.UNCLASSIFIABLE) ? 1 : 0;
      }
    }
    return new Agreement("windows", compared, agreed, 0, unclassifiable);
  }

  /** A model may call a class by its code, as data sets do, or by its name. */
  private static boolean says(String label, RecordingAnnotation known) {
    return label.equals(known.label()) || words(label).equals(words(known.note()));
  }

  private static String words(String text) {
    return text.toLowerCase(Locale.ROOT).replace('-', ' ').replace('_', ' ');
  }
}
