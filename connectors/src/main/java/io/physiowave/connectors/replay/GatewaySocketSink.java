package io.physiowave.connectors.replay;

import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.frame.SignalFrameCodec;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frames to a gateway, by WebSocket, as a device sends them: a window of them may be unanswered.
 * When the connection breaks, or Kafka does not take one, what is not known to be taken is sent
 * again on a new connection, in its order; whoever reads frames drops repeats. Not for several
 * threads.
 *
 * <p>A gateway that has never answered is given up after three seconds.
 */
public final class GatewaySocketSink implements FrameSink {
  /** What a gateway lets be unanswered by default. */
  private static final int WINDOW = 64;

  private static final Logger LOG = LoggerFactory.getLogger(GatewaySocketSink.class);

  private final GatewayAddress gateway;
  private final URI door;
  private final Duration patience;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(GatewayAddress.CONNECTING).build();
  private final Queue<SignalFrame> unanswered = new ArrayDeque<>();
  private GatewaySocket socket;
  private boolean hasAnswered;

  /** A sink that is not connected yet. */
  public GatewaySocketSink(GatewayAddress gateway) {
    this(gateway, GatewayAddress.PATIENCE);
  }

  GatewaySocketSink(GatewayAddress gateway, Duration patience) {
    this.gateway = gateway;
    this.patience = patience;
    door = gateway.door("/v1/stream");
  }

  @Override
  public void accept(SignalFrame frame) throws InterruptedException {
    unanswered.add(frame);
    if (socket != null) {
      socket.send(SignalFrameCodec.encode(frame));
    }
    await(WINDOW - 1);
  }

  @Override
  public void flush() {
    try {
      await(0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FrameSinkException(
          "interrupted while " + unanswered.size() + " frames were unanswered", e);
    }
  }

  /** Returns when at most so many frames are unanswered. */
  private void await(int most) throws InterruptedException {
    long start = System.nanoTime();
    boolean isTold = false;
    // With nothing to send a connection that has ended, as one that is idle does, is not missed.
    while (!unanswered.isEmpty()) {
      String trouble;
      try {
        if (socket == null) {
          connect();
        }
        while (unanswered.size() > most || (socket.hasAnswer() && !unanswered.isEmpty())) {
          take(socket.nextAnswer());
          start = System.nanoTime();
          isTold = false;
        }
        return;
      } catch (GatewaySocket.BrokenException e) {
        trouble = e.getMessage();
      } catch (CompletionException e) {
        trouble = gateway.reason(e.getCause());
      }
      disconnect();
      Duration trying = GatewayAddress.trying(hasAnswered, patience);
      if (System.nanoTime() - start > trying.toNanos()) {
        throw new FrameSinkException(
            hasAnswered
                ? door
                    + " has for "
                    + patience.toSeconds()
                    + " s not taken "
                    + name(unanswered.element())
                    + ": "
                    + trouble
                : "no gateway answers at " + door + ": " + trouble,
            null);
      }
      if (!isTold) {
        isTold = true;
        LOG.warn(
            "{} is connected to again for {} s, as {} frames are unanswered: {}",
            door,
            trying.toSeconds(),
            unanswered.size(),
            trouble);
      }
      Thread.sleep(GatewayAddress.PAUSE.toMillis());
    }
  }

  private void connect() {
    socket = GatewaySocket.connect(client, door, gateway.token());
    hasAnswered = true;
    unanswered.forEach(frame -> socket.send(SignalFrameCodec.encode(frame)));
  }

  private void disconnect() {
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }

  private void take(String text) throws GatewaySocket.BrokenException {
    GatewayAnswer answer = GatewayAnswer.of(text);
    if (answer.isAccepted()) {
      unanswered.remove();
    } else if (answer.isRefused()) {
      throw new FrameSinkException(
          door + " does not take " + name(unanswered.element()) + ": " + answer.reason(), null);
    } else {
      throw new GatewaySocket.BrokenException("it answers " + answer.reason());
    }
  }

  private static String name(SignalFrame frame) {
    return "the frame of stream " + frame.streamId() + " at sample " + frame.firstSampleIndex();
  }

  @Override
  public void close() {
    disconnect();
  }
}
