package io.physiowave.connectors.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.physiowave.core.frame.Modality;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.frame.SignalFrameCodec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the sink makes of a gateway's answers; the gateway's own tests send to a real one. */
class GatewayFrameSinkTest {
  private static final String TAKEN = "200 {\"accepted\":{}}";

  private final Queue<String> answers = new ArrayDeque<>();
  private final List<Long> asked = new CopyOnWriteArrayList<>();
  private final List<String> tokens = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private URI address;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/ward/v1/frames", this::answer);
    server.start();
    address = URI.create("http://localhost:" + server.getAddress().getPort() + "/ward/");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /** The next of the answers, a status and a body; without one the connection breaks off. */
  private void answer(HttpExchange exchange) throws IOException {
    asked.add(SignalFrameCodec.decode(exchange.getRequestBody().readAllBytes()).firstSampleIndex());
    tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    String answer = answers.remove();
    if (!answer.isEmpty()) {
      byte[] body = answer.substring(4).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(Integer.parseInt(answer.substring(0, 3)), body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private static SignalFrame frame(long start) {
    return new SignalFrame(
        "patient",
        "session",
        Modality.ECG,
        start,
        0,
        0,
        250,
        List.of("II"),
        "mV",
        new float[1][5],
        new BitSet(),
        false);
  }

  private GatewayFrameSink sink(Duration patience) {
    return new GatewayFrameSink(new GatewayAddress(address, Optional.of("a-token")), patience);
  }

  @Test
  void aFrameIsSentAgainUntilItIsTakenAndNoneBeforeIt() throws Exception {
    answers.addAll(
        List.of(TAKEN, "503 {\"undelivered\":{\"reason\":\"no Kafka\"}}", "502 <html>", "", TAKEN));
    answers.add(TAKEN);
    try (GatewayFrameSink sink = sink(Duration.ofMinutes(5))) {
      for (long start : new long[] {0, 5, 10}) {
        sink.accept(frame(start));
      }
      sink.flush();
    }

    // The JDK's client may itself send again what a broken connection left unanswered.
    assertThat(asked).startsWith(0L, 5L, 5L, 5L).endsWith(10L).isSorted();
    assertThat(tokens).containsOnly("Bearer a-token");
  }

  @Test
  void whatIsRefusedIsNotSentAgain() {
    answers.add("403 {\"refused\":{\"code\":\"forbidden\",\"reason\":\"not your stream\"}}");

    assertThatThrownBy(() -> sink(Duration.ofMinutes(5)).accept(frame(20)))
        .isInstanceOf(FrameSinkException.class)
        .hasMessage(
            address
                + "v1/frames does not take the frame of stream patient at sample 20:"
                + " it answers 403: not your stream");
    assertThat(asked).hasSize(1);
  }

  @Test
  void anotherServerIsNoGateway() {
    answers.add("200 <html>");

    assertThatThrownBy(() -> sink(Duration.ofMinutes(5)).accept(frame(0)))
        .hasMessageEndingWith("it answers 200: what a gateway would not say; is there one?");
  }

  @Test
  void patienceEnds() {
    answers.add("503 {\"undelivered\":{\"reason\":\"no Kafka\"}}");

    assertThatThrownBy(() -> sink(Duration.ZERO).accept(frame(0)))
        .hasMessageContaining("has for 0 s not taken the frame of stream patient at sample 0")
        .hasMessageEndingWith("it answers 503: no Kafka");
  }

  @Test
  void whereNoGatewayHasEverAnsweredItGivesUpSoon() {
    server.stop(0);

    assertThatThrownBy(() -> sink(Duration.ofDays(1)).accept(frame(0)))
        .isInstanceOf(FrameSinkException.class)
        .hasMessage(
            "no gateway answers at " + address + "v1/frames: no connection; is the gateway there?");
  }

  @Test
  void aHostThatNobodyKnowsIsNamed() {
    // A name that is too long to be asked of any server, some of which would answer.
    String host = "x".repeat(64) + ".invalid";
    URI nowhere = URI.create("http://" + host + ":8090");
    FrameSink sink =
        new GatewayFrameSink(new GatewayAddress(nowhere, Optional.empty()), Duration.ZERO);

    assertThatThrownBy(() -> sink.accept(frame(0)))
        .hasMessage(
            "no gateway answers at http://%s:8090/v1/frames: nobody knows the host %s", host, host);
  }

  @Test
  void aProxyAloneIsNoGateway() {
    answers.add("502 <html>");

    assertThatThrownBy(() -> sink(Duration.ZERO).accept(frame(0)))
        .hasMessage(
            "no gateway answers at "
                + address
                + "v1/frames: it answers 502: what a gateway would not say; is there one?");
  }

  @Test
  void oneThatHasAnsweredIsWaitedForThoughItHasNoKafkaYet() throws Exception {
    answers.addAll(Collections.nCopies(8, "503 {\"undelivered\":{\"reason\":\"no Kafka\"}}"));
    answers.add(TAKEN);
    try (GatewayFrameSink sink = sink(Duration.ofMinutes(5))) {
      sink.accept(frame(0));
    }

    assertThat(asked).hasSize(9);
  }

  @Test
  void addressAndTokenMustBeSome() {
    for (String wrong : List.of("ftp://localhost:8090", "localhost:8090", "http:///v1", "x")) {
      assertThatThrownBy(() -> new GatewayAddress(URI.create(wrong), Optional.empty()))
          .hasMessage(
              "gateway is '"
                  + wrong
                  + "'; expected its address, e.g. http://localhost:8090 or ws://localhost:8090");
    }
    assertThatThrownBy(() -> new GatewayAddress(address, Optional.of("with blanks")))
        .hasMessageStartingWith("the gateway's token is not one")
        .hasMessageNotContaining("with blanks");
  }
}
