package io.physiowave.benchmarks.gateway;

/** The gateway's answers, of which a benchmark knows one. */
final class Answers {
  private Answers() {}

  /**
   * Nothing when a frame is accepted.
   *
   * @throws IllegalStateException for any other answer: what is not taken costs less
   */
  static void requireAccepted(String answer) {
    if (!answer.startsWith("{\"accepted\"")) {
      throw new IllegalStateException(
          "the gateway answers " + answer + "; expected every frame to be accepted");
    }
  }
}
