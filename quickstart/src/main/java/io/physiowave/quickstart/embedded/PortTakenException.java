package io.physiowave.quickstart.embedded;

/** A port that another program holds; the message names the port and the flag that changes it. */
public final class PortTakenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PortTakenException(String user, int port, String flag, Throwable cause) {
    super(
        "port "
            + port
            + " for "
            + user
            + " is taken by another program; choose another with "
            + flag
            + " PORT, or "
            + flag
            + " 0 for any free one",
        cause);
  }
}
