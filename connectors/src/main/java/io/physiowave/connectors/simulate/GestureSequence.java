package io.physiowave.connectors.simulate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Which gesture comes when: rounds in which every gesture appears once in a random order, each held
 * for a while.
 */
final class GestureSequence {
  private final List<Integer> codes;
  private final double shortestSeconds;
  private final double longestSeconds;
  private final Random random;
  private final List<Integer> round = new ArrayList<>();
  private int last = -1;

  GestureSequence(
      List<Integer> codes, double shortestSeconds, double longestSeconds, Random random) {
    this.codes = codes;
    this.shortestSeconds = shortestSeconds;
    this.longestSeconds = longestSeconds;
    this.random = random;
  }

  /** The next gesture; never the same twice in a row when there are several. */
  Held next() {
    if (round.isEmpty()) {
      round.addAll(codes);
      Collections.shuffle(round, random);
      if (round.size() > 1 && round.get(0) == last) {
        Collections.swap(round, 0, 1);
      }
    }
    last = round.remove(0);
    return new Held(
        last, shortestSeconds + (longestSeconds - shortestSeconds) * random.nextDouble());
  }

  /**
   * A gesture held for a while.
   *
   * @param code class in the data set
   * @param seconds how long
   */
  record Held(int code, double seconds) {}
}
