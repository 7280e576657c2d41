package io.physiowave.core.event;

import io.physiowave.core.label.LabelEvent;
import io.physiowave.core.label.ProbabilityLimit;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Finds the episodes of one session's sliding windows, label after label in sample order.
 *
 * <p>A window stands for its centre. A label that is neither background nor UNCLASSIFIABLE becomes
 * an episode when consecutive windows carry it, the first with at least the onset probability, and
 * their centres span the minimum duration; its onset is the first centre. The episode goes on while
 * windows carry its label or give it at least the offset probability, and ends when that has not
 * been so for the minimum duration, or when another label has become an episode; its offset is the
 * centre of the last window that carried it. Lost samples between windows end it at once, and so
 * does a window before the last one: a device that is back after its session was forgotten may
 * count from 0 again under the same name.
 */
public final class LabelEpisodes {
  /** The kind of these episodes. */
  public static final String KIND = "gesture";

  private static final int VERSION = 2;

  /** Without names. */
  private static final int FIRST_FORM = 1;

  private final Run current = new Run();
  private final Run candidate = new Run();
  private long lastEnd = Long.MIN_VALUE;

  /** Windows that say the same. */
  private static final class Run {
    private String label;
    private String name = "";
    private long first;
    private long last;
    private long count;
    private double probabilities;

    boolean is(String other) {
      return label != null && label.equals(other);
    }

    void begin(String newLabel, String itsName, long centre) {
      label = newLabel;
      name = itsName;
      first = centre;
      count = 0;
      probabilities = 0;
    }

    void add(long centre, double probability) {
      last = centre;
      count++;
      probabilities += probability;
    }

    void become(Run other) {
      label = other.label;
      name = other.name;
      first = other.first;
      last = other.last;
      count = other.count;
      probabilities = other.probabilities;
    }

    Episode episode(EventPhase phase) {
      return new Episode(
          KIND,
          label,
          name,
          phase,
          first,
          phase == EventPhase.OFFSET ? OptionalLong.of(last) : OptionalLong.empty(),
          (float) Math.min(1, probabilities / count),
          count,
          0);
    }

    void writeTo(DataOutput out) throws IOException {
      out.writeUTF(label == null ? "" : label);
      out.writeUTF(label == null ? "" : name);
      out.writeLong(first);
      out.writeLong(last);
      out.writeLong(count);
      out.writeDouble(probabilities);
    }

    void restore(DataInput in, boolean named) throws IOException {
      String saved = in.readUTF();
      label = saved.isEmpty() ? null : saved;
      name = named ? in.readUTF() : "";
      first = in.readLong();
      last = in.readLong();
      count = in.readLong();
      probabilities = in.readDouble();
    }
  }

  /** Takes the next label of the session; what overlaps an earlier window's start is expected. */
  public void accept(LabelEvent event, Hysteresis rules, Consumer<Episode> out) {
    boolean beginsAnew = event.windowEndSample() < lastEnd;
    if (beginsAnew || event.windowStartSample() > lastEnd) {
      finish(out);
    }
    lastEnd = event.windowEndSample();
    long centre = (event.windowStartSample() + event.windowEndSample()) / 2;
    double minimum = rules.minimumSeconds() * event.sampleRateHz();
    sustain(event, rules, centre);
    propose(event, rules, centre);
    if (candidate.label != null && centre - candidate.first >= minimum) {
      current.last = Math.min(current.last, candidate.first);
      end(out);
      current.become(candidate);
      candidate.label = null;
      out.accept(current.episode(EventPhase.ONSET));
    } else if (current.label != null && current.last < centre && centre - current.last >= minimum) {
      end(out);
    }
  }

  private void sustain(LabelEvent event, Hysteresis rules, long centre) {
    if (current.label == null || event.isUnclassifiable()) {
      return;
    }
    float probability = event.probabilities().getOrDefault(current.label, 0f);
    if (current.is(event.label())
        || ProbabilityLimit.isReached(probability, rules.offsetProbability())) {
      current.add(centre, probability);
    }
  }

  private void propose(LabelEvent event, Hysteresis rules, long centre) {
    String label = event.label();
    if (event.isUnclassifiable() || rules.background().contains(label) || current.is(label)) {
      candidate.label = null;
      return;
    }
    if (!candidate.is(label)) {
      candidate.label = null;
      if (!ProbabilityLimit.isReached(event.probability(), rules.onsetProbability())) {
        return;
      }
      candidate.begin(label, event.labelNames().getOrDefault(label, ""), centre);
    }
    candidate.add(centre, event.probability());
  }

  private void end(Consumer<Episode> out) {
    if (current.label != null) {
      out.accept(current.episode(EventPhase.OFFSET));
      current.label = null;
    }
  }

  /** Ends what goes on: nothing more comes, or samples were lost. */
  public void finish(Consumer<Episode> out) {
    end(out);
    candidate.label = null;
  }

  /** Saves the state. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(lastEnd);
    current.writeTo(out);
    candidate.writeTo(out);
  }

  /** Restores what {@link #writeTo} saved. */
  public static LabelEpisodes readFrom(DataInput in) throws IOException {
    int version = in.readByte();
    if (version != VERSION && version != FIRST_FORM) {
      throw new IOException(
          "saved episodes have form "
              + version
              + "; this version reads "
              + FIRST_FORM
              + " and "
              + VERSION);
    }
    LabelEpisodes episodes = new LabelEpisodes();
    episodes.lastEnd = in.readLong();
    episodes.current.restore(in, version == VERSION);
    episodes.candidate.restore(in, version == VERSION);
    return episodes;
  }
}
