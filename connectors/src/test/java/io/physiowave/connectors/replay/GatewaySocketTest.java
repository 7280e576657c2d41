package io.physiowave.connectors.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A connection to a gateway that has hung: it takes the connection, and reads nothing of it. */
class GatewaySocketTest {
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private ServerSocket server;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket();
    server.setReceiveBufferSize(4096);
    server.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  /** Answers the opening handshake of a WebSocket. */
  private Socket accept() {
    try {
      Socket socket = server.accept();
      BufferedReader head =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      String key = "";
      for (String line = head.readLine(); !line.isEmpty(); line = head.readLine()) {
        key = line.startsWith("Sec-WebSocket-Key: ") ? line.substring(19) : key;
      }
      byte[] hash =
          MessageDigest.getInstance("SHA-1")
              .digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
      socket
          .getOutputStream()
          .write(
              ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      + "Sec-WebSocket-Accept: "
                      + Base64.getEncoder().encodeToString(hash)
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return socket;
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }

  @Test
  void isLetGoThoughAMessageIsStillBeingSent() throws Exception {
    CompletableFuture<Socket> accepted = CompletableFuture.supplyAsync(this::accept);
    GatewaySocket socket =
        GatewaySocket.connect(
            HttpClient.newHttpClient(),
            URI.create("ws://localhost:" + server.getLocalPort() + "/v1/stream"),
            Optional.empty());
    // More than what lies between the two can hold.
    for (int message = 0; message < 64; message++) {
      socket.send(new byte[1_000_000]);
    }
    try (Socket hung = accepted.get()) {
      socket.close();

      await().atMost(Duration.ofMinutes(3)).until(() -> hung.getInputStream().available() > 0);
      hung.setSoTimeout(30_000);
      assertThat(bytesUntilTheEnd(hung.getInputStream())).isLessThan(64_000_000);
    }
    assertThatThrownBy(socket::nextAnswer).isInstanceOf(GatewaySocket.BrokenException.class);
  }

  /** What still comes; fails where neither anything comes nor the connection ends. */
  private static long bytesUntilTheEnd(InputStream from) throws IOException {
    byte[] part = new byte[65_536];
    long bytes = 0;
    try {
      for (int count = from.read(part); count >= 0; count = from.read(part)) {
        bytes += count;
      }
    } catch (SocketException reset) {
      assertThat(reset).hasMessageContaining("reset");
    }
    return bytes;
  }
}
