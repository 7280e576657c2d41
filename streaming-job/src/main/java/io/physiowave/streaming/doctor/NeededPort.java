package io.physiowave.streaming.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;

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

  /**
   * Tries it.
   *
   * @param before ports that others want
   */
  Finding examine(List<NeededPort> before) {
    String name = "port " + number;
    for (NeededPort other : before) {
      if (number != 0 && other.number == number) {
        return Finding.fail(
            name,
            "meant for " + other.user + " and " + user,
            "Give each a port of its own: " + flag + " 0 takes any free one.");
      }
    }
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
