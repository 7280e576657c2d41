package io.physiowave.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.gateway.run.Gateway;
import io.physiowave.gateway.run.GatewayOptions;
import io.physiowave.gateway.testing.ReadyGateway;
import io.physiowave.gateway.testing.TestFrames;
import io.physiowave.gateway.testing.TestKafka;
import io.physiowave.gateway.testing.Web;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Senders that announce long bodies and are long in sending them. */
class SlowSendersTest {
  @RegisterExtension static final TestKafka KAFKA = new TestKafka();

  private static final int LENGTH = FrameBody.MAXIMUM_TEXT;

  /** What they announce together is more than the gateway takes at once. */
  private static final long SENDERS = GatewayServer.MAXIMUM_BYTES_IN_HAND / LENGTH + 1;

  @Test
  void keepNobodyFromSending() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try (Gateway gateway =
        ReadyGateway.start(GatewayOptions.local(0, KAFKA.broker().bootstrapServers()))) {
      for (int number = 0; number < SENDERS; number++) {
        Socket socket = new Socket("localhost", gateway.server().port());
        slow.add(socket);
        assertThat(begin(socket)).isEqualTo("HTTP/1.1 100 Continue");
      }

      assertThat(Web.postJson(gateway.server().address(), TestFrames.json("quick", 0).toString()))
          .satisfies(answer -> assertThat(answer.body()).contains("accepted"));
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  /** Announces a body and sends none of it yet; returns what the gateway says, once it reads. */
  private static String begin(Socket socket) throws IOException {
    socket.setSoTimeout(60_000);
    String head =
        "POST /v1/frames HTTP/1.1\r\nHost: localhost:%d\r\nContent-Type: application/json\r\n"
                .formatted(socket.getPort())
            + "Expect: 100-continue\r\nContent-Length: %d\r\n\r\n".formatted(LENGTH);
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    return new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
        .readLine();
  }
}
