package io.physiowave.connectors.web;

/** A server cannot listen where it was told to; the message names address and port. */
public final class PortUnavailableException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /**
   * A server that does not start.
   *
   * @param server for people, e.g. {@code the dashboard}
   */
  public PortUnavailableException(String server, String host, int port, Throwable cause) {
    super(
        server
            + " cannot listen on "
            + host
            + ":"
            + port
            + "; another program holds that port, or it is not this machine's address",
        cause);
  }
}
