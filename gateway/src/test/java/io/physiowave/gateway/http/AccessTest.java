package io.physiowave.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.gateway.access.AccessTokens;
import io.physiowave.gateway.run.Gateway;
import io.physiowave.gateway.run.GatewayOptions;
import io.physiowave.gateway.testing.DeviceSocket;
import io.physiowave.gateway.testing.ReadyGateway;
import io.physiowave.gateway.testing.TestFrames;
import io.physiowave.gateway.testing.TestKafka;
import io.physiowave.gateway.testing.Web;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that asks who sends. */
class AccessTest {
  @RegisterExtension static final TestKafka KAFKA = new TestKafka();

  private static final String TOKEN = "ward-3.token~0123456789";
  private static final String PAGE = "https://ward.example";

  @TempDir private static Path directory;
  private static Gateway gateway;
  private static String address;

  @BeforeAll
  static void start() throws Exception {
    Path tokens = Files.writeString(directory.resolve("tokens"), TOKEN + " ward-3-*\n");
    HttpOptions http =
        new HttpOptions(
            "localhost",
            0,
            Optional.of(AccessTokens.read(tokens)),
            false,
            Set.of(PAGE),
            HttpOptions.DEFAULT_WINDOW,
            1);
    gateway =
        ReadyGateway.start(
            GatewayOptions.local(0, KAFKA.broker().bootstrapServers()).withHttp(http));
    address = gateway.server().address();
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static HttpResponse<String> post(String stream, String... headers) throws Exception {
    return Web.postJson(address, TestFrames.json(stream, 0).toString(), headers);
  }

  @Test
  void whoHasTheTokenSendsForItsStreams() throws Exception {
    assertThat(post("ward-3-bed-1", "Authorization", "Bearer " + TOKEN).statusCode())
        .isEqualTo(200);

    HttpResponse<String> other = post("ward-4-bed-1", "Authorization", "Bearer " + TOKEN);
    assertThat(other.statusCode()).isEqualTo(403);
    assertThat(other.body())
        .startsWith(
            "{\"refused\":{\"code\":\"forbidden\",\"reason\":\"stream_id is 'ward-4-bed-1'");
  }

  @Test
  void whoHasNoneIsRefused() throws Exception {
    for (String header : new String[] {"Bearer wrong-token-0123456789", "Basic " + TOKEN}) {
      HttpResponse<String> answer = post("ward-3-bed-1", "Authorization", header);
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
      assertThat(answer.body()).contains("\"code\":\"unauthorized\"").doesNotContain(TOKEN);
    }
    assertThat(post("ward-3-bed-1").statusCode()).isEqualTo(401);
    assertThatThrownBy(() -> DeviceSocket.connect(gateway.server().port()))
        .hasMessageContaining("WebSocketHandshakeException");
  }

  @Test
  void aBrowserGivesItAsASubprotocol() throws Exception {
    DeviceSocket device =
        DeviceSocket.connect(
            gateway.server().port(),
            "Origin",
            PAGE,
            "subprotocols",
            "physiowave.v1,bearer." + TOKEN);
    assertThat(device.subprotocol()).isEqualTo("physiowave.v1");
    device.send(TestFrames.protobuf("ward-3-bed-2", 0)).join();
    device.send(TestFrames.protobuf("ward-4", 0)).join();

    assertThat(device.answers(2).get(1)).contains("forbidden");
    assertThatThrownBy(
            () -> DeviceSocket.connect(gateway.server().port(), "Authorization", "Bearer " + TOKEN))
        .as("one socket more than allowed")
        .hasMessageContaining("WebSocketHandshakeException");
    device.abort();
  }

  @Test
  void pagesOfATrustedSiteMayAsk() throws Exception {
    HttpResponse<String> before =
        Web.send(
            "OPTIONS",
            address + "/v1/frames",
            "Origin",
            PAGE,
            "Access-Control-Request-Method",
            "POST");
    assertThat(before.statusCode()).isEqualTo(204);
    assertThat(before.headers().firstValue("Access-Control-Allow-Origin")).contains(PAGE);
    assertThat(before.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
        .contains("Authorization");

    assertThat(post("x", "Origin", "https://elsewhere.example").statusCode()).isEqualTo(403);
    assertThatThrownBy(
            () ->
                DeviceSocket.connect(
                    gateway.server().port(), "Origin", "https://elsewhere.example"))
        .hasMessageContaining("WebSocketHandshakeException");
  }

  @Test
  void otherMachinesNeedTokensUnlessAllMaySend() {
    assertThatThrownBy(() -> options("0.0.0.0", false))
        .hasMessage(
            "the gateway would listen on 0.0.0.0 for everybody who reaches it; give it --tokens"
                + " FILE, or --allow-anonymous if that is meant");
    assertThat(options("0.0.0.0", true).anonymous()).isTrue();
    assertThat(options("127.0.0.1", false).anonymous()).isFalse();
  }

  @Test
  void labelsAreForNobodyWithoutATokenFromAnotherMachine() {
    assertThat(options("0.0.0.0", true).servesLabels()).isFalse();
    assertThat(options("127.0.0.1", false).servesLabels()).isTrue();
  }

  private static HttpOptions options(String host, boolean anonymous) {
    return new HttpOptions(host, 0, Optional.empty(), anonymous, Set.of(), 1, 1);
  }
}
