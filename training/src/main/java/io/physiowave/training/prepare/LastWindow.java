package io.physiowave.training.prepare;

import java.util.stream.IntStream;

/**
 * What becomes of the end of a record that no full window reaches; the published scripts differ.
 * Windows that reach past the end are filled with zeros.
 */
enum LastWindow {
  /** One more window starts a hop after the last full one, if samples are left there. */
  A_HOP_AFTER_THE_LAST_FULL {
    @Override
    int[] starts(int length, int window, int hop) {
      int start = full(length, window, hop) * hop;
      return start < length ? with(length, window, hop, start) : fullStarts(length, window, hop);
    }
  },
  /**
   * One more window starts at the last multiple of the hop, unless the length is one; records
   * shorter than a window give none.
   */
  AT_THE_LAST_HOP {
    @Override
    int[] starts(int length, int window, int hop) {
      if (length < window) {
        return new int[0];
      }
      return length % hop == 0
          ? fullStarts(length, window, hop)
          : with(length, window, hop, length / hop * hop);
    }
  },
  /**
   * A window starts at each multiple of the hop, up to the end; records shorter than a window give
   * none.
   */
  AT_EVERY_HOP {
    @Override
    int[] starts(int length, int window, int hop) {
      if (length < window) {
        return new int[0];
      }
      return IntStream.iterate(0, start -> start < length, start -> start + hop).toArray();
    }
  };

  /**
   * Where windows start.
   *
   * @param length samples of the record
   * @param window samples of a window
   * @param hop samples between windows
   */
  abstract int[] starts(int length, int window, int hop);

  private static int full(int length, int window, int hop) {
    return length < window ? 0 : (length - window) / hop + 1;
  }

  private static int[] fullStarts(int length, int window, int hop) {
    return IntStream.range(0, full(length, window, hop)).map(i -> i * hop).toArray();
  }

  private static int[] with(int length, int window, int hop, int start) {
    return IntStream.concat(IntStream.of(fullStarts(length, window, hop)), IntStream.of(start))
        .toArray();
  }
}
