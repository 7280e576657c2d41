package io.physiowave.connectors.replay;

import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.frame.SignalFrameCodec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frames to a gateway, by HTTP, as a device sends them: each frame is sent again until the gateway
 * has taken it, and none before it. Several threads may share it, each with streams of its own.
 *
 * <p>A frame whose answer is lost on the way is sent twice, which changes nothing: whoever reads
 * frames drops repeats. A gateway that has never answered is given up after three seconds.
 */
public final class GatewayFrameSink implements FrameSink {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayFrameSink.class);
  private static final Set<Integer> COME_AGAIN = Set.of(408, 429, 502, 503, 504);

  private final GatewayAddress gateway;
  private final URI frames;
  private final Duration patience;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(GatewayAddress.CONNECTING).build();
  private volatile boolean hasAnswered;

  /** A sink that has not asked the gateway for anything yet. */
  public GatewayFrameSink(GatewayAddress gateway) {
    this(gateway, GatewayAddress.PATIENCE);
  }

  GatewayFrameSink(GatewayAddress gateway, Duration patience) {
    this.gateway = gateway;
    this.patience = patience;
    frames = gateway.door("/v1/frames");
  }

  @Override
  public void accept(SignalFrame frame) throws InterruptedException {
    HttpRequest request = request(frame);
    long start = System.nanoTime();
    for (int tries = 0; ; tries++) {
      String trouble;
      IOException cause = null;
      try {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        GatewayAnswer answer = GatewayAnswer.of(response.body());
        hasAnswered |= answer.isGateways();
        // Other servers answer with 200, too.
        if (response.statusCode() == 200 && answer.isAccepted()) {
          return;
        }
        trouble = "it answers " + response.statusCode() + ": " + answer.reason();
        if (!COME_AGAIN.contains(response.statusCode())) {
          throw failure("does not take", frame, trouble, null);
        }
      } catch (IOException e) {
        trouble = gateway.reason(e);
        cause = e;
      }
      Duration trying = GatewayAddress.trying(hasAnswered, patience);
      if (System.nanoTime() - start > trying.toNanos()) {
        throw hasAnswered
            ? failure("has for " + patience.toSeconds() + " s not taken", frame, trouble, cause)
            : new FrameSinkException("no gateway answers at " + frames + ": " + trouble, cause);
      }
      if (tries == 0) {
        LOG.warn(
            "{} has not taken a frame, which is sent again for {} s: {}",
            frames,
            trying.toSeconds(),
            trouble);
      }
      Thread.sleep(GatewayAddress.PAUSE.toMillis());
    }
  }

  private HttpRequest request(SignalFrame frame) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(frames)
            .timeout(GatewayAddress.ANSWERING)
            .header("Content-Type", "application/x-protobuf")
            .POST(HttpRequest.BodyPublishers.ofByteArray(SignalFrameCodec.encode(frame)));
    gateway.token().ifPresent(word -> request.header("Authorization", "Bearer " + word));
    return request.build();
  }

  private FrameSinkException failure(
      String what, SignalFrame frame, String trouble, Throwable cause) {
    return new FrameSinkException(
        frames
            + " "
            + what
            + " the frame of stream "
            + frame.streamId()
            + " at sample "
            + frame.firstSampleIndex()
            + ": "
            + trouble,
        cause);
  }

  /** Nothing is under way between two frames. */
  @Override
  public void flush() {}

  @Override
  public void close() {}
}
