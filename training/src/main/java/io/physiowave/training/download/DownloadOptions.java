package io.physiowave.training.download;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How files are fetched.
 *
 * @param mirror address to use instead of the publisher's
 * @param parallelFiles files fetched at the same time, 1 to 32
 * @param attempts tries of a file without any progress between them, 1 or more
 * @param firstPause pause after the first failure; doubled after each further one
 * @param silence time without a byte after which a connection counts as broken
 * @param showProgress whether somebody watches a terminal
 */
public record DownloadOptions(
    Optional<URI> mirror,
    int parallelFiles,
    int attempts,
    Duration firstPause,
    Duration silence,
    boolean showProgress) {

  private static final int MOST_PARALLEL_FILES = 32;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  /** Four files at a time, six tries, a minute of silence. */
  public static final DownloadOptions DEFAULT =
      new DownloadOptions(
          Optional.empty(), 4, 6, Duration.ofSeconds(1), Duration.ofSeconds(60), false);

  public DownloadOptions {
    if (parallelFiles < 1 || parallelFiles > MOST_PARALLEL_FILES) {
      throw new IllegalArgumentException(
          "download_parallel is " + parallelFiles + "; expected 1 to " + MOST_PARALLEL_FILES);
    }
    if (attempts < 1) {
      throw new IllegalArgumentException(
          "download attempts are " + attempts + "; expected 1 or more");
    }
  }

  /** The pause after so many failures in a row, 1 or more. */
  Duration pause(int failures) {
    Duration pause = firstPause.multipliedBy(1L << Math.min(failures - 1, 20));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }
}
