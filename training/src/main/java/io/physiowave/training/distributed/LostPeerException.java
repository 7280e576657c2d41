package io.physiowave.training.distributed;

/** Another process of the training cannot be reached; it has most likely ended. */
public final class LostPeerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LostPeerException(Rank rank, String what, RuntimeException cause) {
    super(
        "rank "
            + rank.rank()
            + " of "
            + rank.worldSize()
            + ": "
            + what
            + " failed, because another process has ended or cannot be reached ("
            + cause.getMessage().lines().findFirst().orElse("no reason given")
            + "); --resume goes on from the last saved state",
        cause);
  }
}
