package io.physiowave.quickstart.gateway;

import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.recording.RecordingAnnotation;
import io.physiowave.connectors.replay.FrameSink;
import io.physiowave.connectors.replay.ReplayOptions;
import io.physiowave.connectors.replay.Replayer;
import io.physiowave.core.frame.Modality;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One device's stream: a recording or a simulation, played into a sink on a thread of its own. Safe
 * for use by several threads.
 */
public final class Gateway {
  private final Recording recording;
  private final String stream;
  private final Replayer replayer;
  private final Thread thread;
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile Exception failure;

  /**
   * Prepares a stream; nothing is sent yet.
   *
   * @param recording what is played; stays open
   * @param options names the stream and says how fast
   * @param sink where the frames go; stays open
   */
  public Gateway(Recording recording, ReplayOptions options, FrameSink sink) {
    this.recording = recording;
    this.stream = options.streamId();
    this.replayer = new Replayer(options, sink);
    this.thread = new Thread(this::play, "gateway-" + stream);
    thread.setDaemon(true);
  }

  /** Begins to play. */
  public void start() {
    thread.start();
  }

  private void play() {
    try {
      replayer.play(recording);
    } catch (IOException | RuntimeException e) {
      failure = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      done.countDown();
    }
  }

  /** Ends the session with the frame in hand. */
  public void cancel() {
    replayer.cancel();
  }

  /**
   * Waits until every frame is delivered, or playing has failed.
   *
   * @return false when it took longer
   */
  public boolean awaitEnd(long millis) throws InterruptedException {
    return done.await(millis, TimeUnit.MILLISECONDS);
  }

  /** Whether playing has ended, well or not. */
  public boolean isDone() {
    return done.getCount() == 0;
  }

  /** Why playing failed, if it did. */
  public Optional<Exception> failure() {
    return Optional.ofNullable(failure);
  }

  /** The stream's id. */
  public String stream() {
    return stream;
  }

  /** Kind of signal. */
  public Modality modality() {
    return recording.modality();
  }

  /** Samples per second, Hz. */
  public double sampleRateHz() {
    return recording.sampleRateHz();
  }

  /** Samples per channel from start to end; empty when it never ends. */
  public OptionalLong sampleCount() {
    return recording.sampleCount();
  }

  /** Frames handed over so far. */
  public long framesSent() {
    return replayer.framesSent();
  }

  /** Samples per channel handed over so far. */
  public long samplesSent() {
    return replayer.samplesSent();
  }

  /**
   * What is known to be true of the samples so far.
   *
   * @throws IOException when the recording's annotations are damaged
   */
  public List<RecordingAnnotation> truth() throws IOException {
    return recording.annotations();
  }
}
