package io.physiowave.gateway.intake;

/** Codes of refusals that only a gateway knows; the others are those of the job. */
public final class Refusal {
  /** Whoever sends may not send for this stream. */
  public static final String FORBIDDEN = "forbidden";

  /** Nobody knows who sends. */
  public static final String UNAUTHORIZED = "unauthorized";

  /** A web page of another site asks. */
  public static final String FOREIGN_ORIGIN = "foreign-origin";

  /** The request's content type is none that holds frames. */
  public static final String UNSUPPORTED_TYPE = "unsupported-type";

  private Refusal() {}
}
