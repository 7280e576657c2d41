package io.physiowave.connectors.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.frame.SignalFrameCodec;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frames to a gateway, by HTTP, as a device sends them: each frame is sent again until the gateway
 * has taken it, and none before it. Not for several threads.
 *
 * <p>A frame whose answer is lost on the way is sent twice, which changes nothing: whoever reads
 * frames drops repeats.
 */
public final class GatewayFrameSink implements FrameSink {
  /** How long a gateway may be away unless stated otherwise. */
  public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(60);

  private static final Logger LOG = LoggerFactory.getLogger(GatewayFrameSink.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~-]+");
  private static final Duration CONNECTING = Duration.ofSeconds(10);

  /** More than a gateway waits for Kafka by default. */
  private static final Duration ANSWERING = Duration.ofSeconds(45);

  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Set<Integer> COME_AGAIN = Set.of(408, 429, 502, 503, 504);

  private final URI frames;
  private final Optional<String> token;
  private final Duration patience;
  private final HttpClient client;

  /**
   * A sink that has not asked the gateway for anything yet.
   *
   * @param gateway its address, e.g. {@code http://localhost:8090}; what comes before {@code /v1}
   * @param token what it knows the sender by; empty for none
   * @param patience how long it may be away, or without Kafka, before a frame counts as lost
   * @throws IllegalArgumentException when the address or the token cannot be one
   */
  public GatewayFrameSink(URI gateway, Optional<String> token, Duration patience) {
    boolean isWeb = "http".equals(gateway.getScheme()) || "https".equals(gateway.getScheme());
    if (!isWeb || gateway.getHost() == null || gateway.getRawQuery() != null) {
      throw new IllegalArgumentException(
          "gateway is '" + gateway + "'; expected its address, e.g. http://localhost:8090");
    }
    if (token.isPresent() && !TOKEN.matcher(token.get()).matches()) {
      throw new IllegalArgumentException(
          "the gateway's token is not one; expected letters, digits, '.', '_', '~' and '-' alone");
    }
    frames = URI.create(gateway.toString().replaceAll("/+$", "") + "/v1/frames");
    this.token = token;
    this.patience = patience;
    client = HttpClient.newBuilder().connectTimeout(CONNECTING).build();
  }

  @Override
  public void accept(SignalFrame frame) throws InterruptedException {
    HttpRequest request = request(frame);
    long end = System.nanoTime() + patience.toNanos();
    for (int tries = 0; ; tries++) {
      String trouble;
      IOException cause = null;
      try {
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (isTaken(answer)) {
          return;
        }
        trouble = "it answers " + answer.statusCode() + ": " + reason(answer);
        if (!COME_AGAIN.contains(answer.statusCode())) {
          throw failure("does not take", frame, trouble, null);
        }
      } catch (IOException e) {
        trouble = reason(e);
        cause = e;
      }
      if (System.nanoTime() - end > 0) {
        throw failure("has for " + patience.toSeconds() + " s not taken", frame, trouble, cause);
      }
      if (tries == 0) {
        LOG.warn(
            "{} has not taken a frame, which is sent again for {} s: {}",
            frames,
            patience.toSeconds(),
            trouble);
      }
      Thread.sleep(PAUSE.toMillis());
    }
  }

  private HttpRequest request(SignalFrame frame) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(frames)
            .timeout(ANSWERING)
            .header("Content-Type", "application/x-protobuf")
            .POST(HttpRequest.BodyPublishers.ofByteArray(SignalFrameCodec.encode(frame)));
    token.ifPresent(word -> request.header("Authorization", "Bearer " + word));
    return request.build();
  }

  /** Other servers answer with 200, too. */
  private static boolean isTaken(HttpResponse<String> answer) {
    return answer.statusCode() == 200 && json(answer).has("accepted");
  }

  private static String reason(HttpResponse<String> answer) {
    JsonNode said = json(answer);
    for (String outcome : new String[] {"refused", "undelivered"}) {
      if (said.path(outcome).has("reason")) {
        return said.path(outcome).path("reason").asText();
      }
    }
    return "what a gateway would not say; is there one?";
  }

  /** Of a connection that is not made the JDK's client says no word. */
  private static String reason(IOException failure) {
    if (failure instanceof ConnectException) {
      return "no connection; is the gateway there?";
    }
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      return JSON.createObjectNode();
    }
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
