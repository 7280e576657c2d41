package io.physiowave.streaming.calibrate;

import io.physiowave.core.card.ModelCard;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.window.StreamWindower;
import io.physiowave.core.window.WindowPlan;
import java.time.Duration;
import java.util.List;

/**
 * Tells the wearer what to do when, and takes the windows of it. Time is counted in the device's
 * own samples, so that a slow connection shortens nothing.
 */
public final class GuidedSession {
  /** No gateway repeats so much in a row that has come already. */
  private static final double REPEATED_SECONDS = 60;

  private final ModelCard card;
  private final Prompts prompts;
  private final int rounds;
  private final Duration rest;
  private final Duration hold;

  private StreamWindower windower;
  private WindowPlan plan;
  private String session;
  private long next;

  /** Samples in a row that have come before. */
  private long repeated;

  /** What is held now, or null; and from which sample on. */
  private String held;

  private int round;
  private long heldFrom;

  /** Tells the wearer. */
  public interface Prompts {
    /** In a moment the wearer should do something. */
    void getReady(String label, int round, Duration time);

    /** The wearer should do it now and keep doing it. */
    void hold(String label, int round, Duration time);

    /** The device has begun anew or samples are lost; what is being held is held again. */
    void again(String label, String why);
  }

  /**
   * A session to be.
   *
   * @param rounds how often each label is held, 1 or more
   * @param rest for getting ready, more than 0
   * @param hold how long each label is held, longer than a window
   */
  public GuidedSession(ModelCard card, Prompts prompts, int rounds, Duration rest, Duration hold) {
    this.card = card;
    this.prompts = prompts;
    this.rounds = rounds;
    this.rest = rest;
    this.hold = hold;
    double window = card.windowSamples() / card.sampleRateHz();
    if (hold.toNanos() / 1e9 <= window) {
      throw new IllegalArgumentException(
          "a hold takes "
              + hold.toMillis()
              + " ms; expected more than a window of "
              + window
              + " s");
    }
  }

  /**
   * Runs it.
   *
   * @throws IllegalStateException when no frame comes, or for a minute none that brings anything
   *     new
   * @throws IllegalArgumentException when the stream cannot feed the model
   */
  public HeldWindows run(FrameFeed feed) {
    HeldWindows windows = new HeldWindows(card);
    for (round = 1; round <= rounds; round++) {
      for (String label : card.labels()) {
        while (!holdOnce(label, feed, windows)) {
          prompts.again(label, "samples were lost");
        }
      }
    }
    return windows;
  }

  /** Whether the label was held without a break. */
  private boolean holdOnce(String label, FrameFeed feed, HeldWindows windows) {
    prompts.getReady(label, round, rest);
    if (windower == null) {
      take(feed.next(), windows);
    }
    pass(rest, feed, windows);
    prompts.hold(label, round, hold);
    held = label;
    heldFrom = next;
    boolean unbroken = pass(hold, feed, windows);
    held = null;
    return unbroken;
  }

  /** Takes so much signal; whether it came without a break. */
  private boolean pass(Duration time, FrameFeed feed, HeldWindows windows) {
    boolean unbroken = true;
    double rate = plan.streamRateHz();
    long samples = Math.round(time.toNanos() / 1e9 * rate);
    long end = next + samples;
    while (next < end) {
      if (!take(feed.next(), windows)) {
        unbroken = false;
        held = null;
        end = next + samples;
      }
    }
    return unbroken;
  }

  /** Whether the frame goes on where the one before ended. */
  private boolean take(SignalFrame frame, HeldWindows windows) {
    boolean follows = windower != null && frame.sessionId().equals(session);
    if (follows && frame.endSampleIndex() <= next) {
      requireProgress(frame);
      return true;
    }
    repeated = 0;
    boolean unbroken = follows && frame.firstSampleIndex() <= next;
    int from = unbroken ? (int) (next - frame.firstSampleIndex()) : 0;
    if (!unbroken) {
      begin(frame);
    }
    windower.append(
        frame.samples(),
        from,
        frame.sampleCount(),
        frame.leadOff(),
        window -> {
          if (held != null && window.startSample() >= heldFrom) {
            windows.add(held, round, window);
          }
        });
    next = frame.endSampleIndex();
    return unbroken;
  }

  private void requireProgress(SignalFrame frame) {
    repeated += frame.sampleCount();
    if (repeated > REPEATED_SECONDS * plan.streamRateHz()) {
      throw new IllegalStateException(
          "the stream repeats samples that have come before: "
              + frame.firstSampleIndex()
              + ", where "
              + next
              + " was next in session "
              + session
              + "; a device that begins to count anew must begin a session");
    }
  }

  private void begin(SignalFrame frame) {
    session = frame.sessionId();
    List<String> channels = frame.channels();
    plan = WindowPlan.of(card, frame.sampleRateHz(), channels, frame.unit());
    windower = new StreamWindower(plan, frame.firstSampleIndex());
    next = frame.firstSampleIndex();
  }
}
