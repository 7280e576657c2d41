package io.physiowave.streaming.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * A port of this machine that a server will want.
 *
 * @param number 1 to 65535, or 0 for any free one
 * @param user who wants it, e.g. {@code the live page}
 * @param flag the option of {@code physiowave demo} that chooses another, e.g. {@code --port}
 */
public record NeededPort(int number, String user, String flag) {

  public NeededPort {
    if (number < 0 || number > 65_535) {
      throw new IllegalArgumentException(flag + " is " + number + "; expected 0 to 65535");
    }
  }

  Finding examine() {
    String name = "port " + number;
    try (ServerSocket socket = new ServerSocket()) {
      // As the servers themselves do: a port whose last connections are only winding down is free.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), number));
      return Finding.ok(name, "free for " + user);
    } catch (IOException e) {
      return Finding.fail(
          name,
          "not to be had for " + user + ": " + e.getMessage(),
          "End what listens there, or give the demo another: " + flag + " 0 takes any free one.");
    }
  }
}
