package io.physiowave.connectors.replay;

import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.recording.RecordingException;
import io.physiowave.core.frame.SignalFrame;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Plays one recording into a sink as one session, from its first sample to its last.
 *
 * <p>Times are those of a device that started when the replay did: the device clock of a frame is
 * the start plus the frame's position in the recording, whatever the speed; the gateway clock is
 * read when the frame is handed over. A frame is handed over when its last sample would exist,
 * never before. A slow sink delays frames, and the replay then catches up; nothing is left out.
 *
 * <pre>{@code
 * try (Recording recording = RecordingFormats.open(path, RecordingOptions.DEFAULT);
 *     FrameSink sink = KafkaFrameSink.connect("localhost:9092")) {
 *   ReplaySummary summary = new Replayer(ReplayOptions.of("patient-1", "a"), sink).play(recording);
 * }
 * }</pre>
 *
 * <p>One replayer plays once. {@link #cancel} and the counters may be used from other threads.
 */
public final class Replayer {
  private final ReplayOptions options;
  private final FrameSink sink;
  private final Clock clock;
  private final Pace pace = new Pace();
  private final AtomicLong framesSent = new AtomicLong();
  private final AtomicLong samplesSent = new AtomicLong();
  private long largestLagNanos;

  /** Plays into a sink, which stays open. */
  public Replayer(ReplayOptions options, FrameSink sink) {
    this(options, sink, Clock.systemUTC());
  }

  /** Plays by another clock than the system's; it dates frames and does not pace them. */
  public Replayer(ReplayOptions options, FrameSink sink, Clock clock) {
    this.options = options;
    this.sink = sink;
    this.clock = clock;
  }

  /**
   * Plays a recording; returns when all of it, or all up to the cancellation, is delivered.
   *
   * @param recording read from where it stands; stays open
   * @throws RecordingException when the recording is damaged or cannot go into frames
   * @throws FrameSinkException when a frame could not be delivered
   * @throws InterruptedException when the calling thread is interrupted
   */
  public ReplaySummary play(Recording recording) throws IOException, InterruptedException {
    ChannelPlan plan = ChannelPlan.of(recording, options.channels());
    double rate = recording.sampleRateHz();
    int frameSamples = frameSamples(rate);
    Instant start = clock.instant();
    long startNanos = pace.elapsedNanos();
    float[][] chunk = new float[recording.channels().size()][frameSamples];
    long position = 0;
    int count = readNext(recording, chunk, position);
    boolean cancelled = false;
    while (count > 0) {
      float[][] samples = plan.pick(chunk, count);
      awaitTurn(position + count, rate, startNanos);
      cancelled = pace.isCancelled();
      // One chunk is read ahead: only the last frame may say that it is the last.
      int following = cancelled ? 0 : readNext(recording, chunk, position + count);
      sink.accept(
          new SignalFrame(
              options.streamId(),
              options.sessionId(),
              recording.modality(),
              position,
              micros(start) + Math.round(position * 1e6 / rate),
              micros(clock.instant()),
              rate,
              plan.names(),
              plan.unit(),
              samples,
              new BitSet(),
              following <= 0));
      position += count;
      framesSent.incrementAndGet();
      samplesSent.set(position);
      count = following;
    }
    sink.flush();
    return new ReplaySummary(
        framesSent.get(),
        position,
        Duration.ofNanos(Math.round(position * 1e9 / rate)),
        Duration.ofNanos(pace.elapsedNanos() - startNanos),
        Duration.ofNanos(largestLagNanos),
        cancelled);
  }

  /** Ends the session early: the frame in hand goes out as the last, then {@link #play} returns. */
  public void cancel() {
    pace.cancel();
  }

  /** Frames handed over so far. */
  public long framesSent() {
    return framesSent.get();
  }

  /** Samples per channel handed over so far. */
  public long samplesSent() {
    return samplesSent.get();
  }

  private int frameSamples(double rate) {
    long samples = Math.round(rate * options.frameDuration().toNanos() / 1e9);
    return (int) Math.max(1, Math.min(SignalFrame.MAXIMUM_SAMPLES, samples));
  }

  private int readNext(Recording recording, float[][] chunk, long position) throws IOException {
    long left = options.maximumSamples().orElse(Long.MAX_VALUE) - position;
    return left <= 0 ? 0 : recording.read(chunk, 0, (int) Math.min(chunk[0].length, left));
  }

  private void awaitTurn(long samples, double rate, long startNanos) throws InterruptedException {
    if (Double.isInfinite(options.speed())) {
      return;
    }
    long due = startNanos + Math.round(samples * 1e9 / (rate * options.speed()));
    pace.awaitElapsed(due);
    if (!pace.isCancelled()) {
      largestLagNanos = Math.max(largestLagNanos, pace.elapsedNanos() - due);
    }
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}
