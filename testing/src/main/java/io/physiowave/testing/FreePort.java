package io.physiowave.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for servers that must come back on the same one. */
public final class FreePort {
  // Below those that systems give to connections, so that no connection takes it before the server.
  private static final int LOWEST = 20_000;
  private static final int COUNT = 10_000;
  private static final int TRIES = 1_000;

  /** Those that were given, none of which may be listened on yet. */
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private FreePort() {}

  /** One that nobody holds now, and never the same twice. */
  public static int any() throws IOException {
    IOException last = null;
    for (int i = 0; i < TRIES; i++) {
      int port = LOWEST + ThreadLocalRandom.current().nextInt(COUNT);
      if (!GIVEN.add(port)) {
        continue;
      }
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        last = e;
      }
    }
    throw new IOException("no free port from " + LOWEST + " on", last);
  }
}
