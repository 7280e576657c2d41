package io.physiowave.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Asks whether a broker listens, without a client that would log and wait. */
final class BrokerProbe {
  private static final int PATIENCE_MILLIS = 500;

  private BrokerProbe() {}

  /**
   * Whether the port can be connected to.
   *
   * @param address host:port
   */
  static boolean answers(String address) {
    int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
