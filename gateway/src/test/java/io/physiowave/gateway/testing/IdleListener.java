package io.physiowave.gateway.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/**
 * A device that listens to labels by WebSocket and reads them only when told to. Its receive buffer
 * is small and fixed, so that little is on its way to it meanwhile.
 */
public final class IdleListener implements AutoCloseable {
  private static final int BUFFER = 8_192;
  private static final int PATIENCE_MILLIS = 60_000;

  private final Socket socket = new Socket();
  private final InputStream in;

  /** Connects, and reads no label. */
  public IdleListener(int port, String query, String token) throws IOException {
    socket.setReceiveBufferSize(BUFFER);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(new InetSocketAddress("localhost", port));
    String request =
        String.join(
            "\r\n",
            "GET /v1/labels?" + query + " HTTP/1.1",
            "Host: localhost:" + port,
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Authorization: Bearer " + token,
            "",
            "");
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the gateway ends with " + head);
      }
      head.append((char) next);
    }
    if (!head.toString().startsWith("HTTP/1.1 101 ")) {
      throw new IOException("the gateway answers " + head);
    }
  }

  /**
   * Reads until the gateway has ended the connection.
   *
   * @return bytes that came
   * @throws SocketTimeoutException when nothing comes for a minute and it has not ended
   */
  public long readToTheEnd() throws IOException {
    byte[] part = new byte[65_536];
    long bytes = 0;
    try {
      for (int count = in.read(part); count >= 0; count = in.read(part)) {
        bytes += count;
      }
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      // Reset: an end as good as any.
      return bytes;
    }
    return bytes;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
