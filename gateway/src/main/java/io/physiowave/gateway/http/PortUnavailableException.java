package io.physiowave.gateway.http;

/** The gateway cannot listen where it was told to; the message names address and port. */
public final class PortUnavailableException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  PortUnavailableException(HttpOptions options, Throwable cause) {
    super(
        "the gateway cannot listen on "
            + options.host()
            + ":"
            + options.port()
            + "; another program holds that port, or it is not this machine's address",
        cause);
  }
}
