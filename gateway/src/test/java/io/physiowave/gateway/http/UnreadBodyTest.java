package io.physiowave.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.gateway.run.Gateway;
import io.physiowave.gateway.run.GatewayOptions;
import io.physiowave.gateway.testing.ReadyGateway;
import io.physiowave.gateway.testing.TestKafka;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that are given before the body was wanted. */
class UnreadBodyTest {
  @RegisterExtension static final TestKafka KAFKA = new TestKafka();

  private static final int LENGTH = 8_000_000;

  private static Gateway gateway;

  @BeforeAll
  static void start() {
    gateway = ReadyGateway.start(GatewayOptions.local(0, KAFKA.broker().bootstrapServers()));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static Socket connect() throws IOException {
    Socket socket = new Socket("localhost", gateway.server().port());
    socket.setSoTimeout(60_000);
    return socket;
  }

  private static String head(String path, String headers) {
    return "POST %s HTTP/1.1\r\nHost: localhost:%d\r\nContent-Length: %d\r\n%s\r\n"
        .formatted(path, gateway.server().port(), LENGTH, headers.replace("; ", "\r\n") + "\r\n");
  }

  private static void send(Socket socket, byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  private static String statusLine(Socket socket) throws IOException {
    return new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
        .readLine();
  }

  @ParameterizedTest
  @CsvSource({
    "413, /v1/frames, Content-Type: application/json",
    "415, /v1/frames, Content-Type: text/plain",
    "403, /v1/frames, Content-Type: application/json; Origin: http://elsewhere.example",
    "404, /v1/frame, Content-Type: application/json"
  })
  void reachASenderWhoReadsOnlyAfterSendingAll(int status, String path, String headers)
      throws IOException {
    try (Socket socket = connect()) {
      send(socket, head(path, headers).getBytes(StandardCharsets.US_ASCII));
      send(socket, new byte[LENGTH]);

      assertThat(statusLine(socket)).startsWith("HTTP/1.1 " + status);
    }
  }

  @Test
  void areNotDelayedForASenderWhoWaitsToBeAsked() throws IOException {
    try (Socket socket = connect()) {
      String head = head("/v1/frames", "Content-Type: application/json; Expect: 100-continue");
      send(socket, head.getBytes(StandardCharsets.US_ASCII));

      assertThat(statusLine(socket)).startsWith("HTTP/1.1 413");
    }
  }
}
