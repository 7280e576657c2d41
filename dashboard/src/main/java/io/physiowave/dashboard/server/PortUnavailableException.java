package io.physiowave.dashboard.server;

/** The page cannot be served where it was asked for; the message names address and port. */
public final class PortUnavailableException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  PortUnavailableException(DashboardOptions options, Throwable cause) {
    super(
        "the dashboard cannot listen on "
            + options.host()
            + ":"
            + options.port()
            + "; another program holds that port, or it is not this machine's address",
        cause);
  }
}
