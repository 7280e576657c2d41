package io.physiowave.quickstart.embedded;

/**
 * A port that another program holds, or the system keeps from this user; the message names the port
 * and the flag that changes it.
 */
public final class PortTakenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Many systems give those below only to their administrator. */
  private static final int FIRST_FOR_ALL = 1024;

  PortTakenException(String user, int port, String flag, Throwable cause) {
    super(
        "port "
            + port
            + " for "
            + user
            + (port < FIRST_FOR_ALL
                ? " cannot be listened on ("
                    + cause.getMessage()
                    + "): ports below 1024 are for the system's administrator, or another program"
                    + " holds it"
                : " is taken by another program")
            + "; choose another with "
            + flag
            + " PORT, or "
            + flag
            + " 0 for any free one",
        cause);
  }
}
