package io.physiowave.quickstart.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Finds out, before a server starts, whether its port on the loopback address is free. */
public final class LoopbackPort {
  // Below those that systems give to connections and to servers that take any port: one of these
  // could be given away before its server starts.
  private static final int LOWEST = 20_000;
  private static final int COUNT = 10_000;

  /** Those that this process has picked, none of which may be listened on yet. */
  private static final Set<Integer> PICKED = ConcurrentHashMap.newKeySet();

  private LoopbackPort() {}

  /**
   * Checks a chosen port or picks a free one.
   *
   * @param port 1 to 65535, or 0 for any free one
   * @param user what listens there, for the message, e.g. {@code the Kafka broker}
   * @param flag the option that changes it, e.g. {@code --kafka-port}
   * @return the port, which nobody held a moment ago; of free ones never the same twice
   * @throws PortTakenException when another program holds it
   * @throws IllegalArgumentException when it is not a port
   */
  public static int claim(int port, String user, String flag) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(flag + " is " + port + "; expected 0 to 65535");
    }
    return port == 0 ? pick(user, flag) : check(port, user, flag);
  }

  /**
   * Refuses one port for two servers, the second of which would not start.
   *
   * @param byUser ports by who listens there and the option that changes it, e.g. {@code the Kafka
   *     broker (--kafka-port)}
   * @throws IllegalArgumentException naming both
   */
  public static void requireDistinct(Map<String, Integer> byUser) {
    Map<Integer, String> byPort = new HashMap<>();
    byUser.forEach(
        (user, port) -> {
          String other = byPort.putIfAbsent(port, user);
          if (other != null) {
            throw new IllegalArgumentException(
                "port " + port + " is to be that of " + other + " and of " + user);
          }
        });
  }

  private static int pick(String user, String flag) {
    PortTakenException last = null;
    for (int tries = 0; tries < COUNT; tries++) {
      int port = LOWEST + ThreadLocalRandom.current().nextInt(COUNT);
      if (PICKED.add(port)) {
        try {
          return check(port, user, flag);
        } catch (PortTakenException e) {
          last = e;
        }
      }
    }
    throw new IllegalStateException("no free port for " + user + " from " + LOWEST + " on", last);
  }

  private static int check(int port, String user, String flag) {
    try (ServerSocket socket = new ServerSocket()) {
      // As the servers themselves do: a port whose last connections are only winding down is free.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket.getLocalPort();
    } catch (BindException e) {
      throw new PortTakenException(user, port, flag, e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open port " + port + " for " + user, e);
    }
  }
}
