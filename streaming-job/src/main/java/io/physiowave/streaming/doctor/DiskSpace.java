package io.physiowave.streaming.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Room on the disk of the repository. */
final class DiskSpace {
  private static final String NAME = "disk";
  private static final long GIGABYTE = 1L << 30;

  /** Half an hour of simulated signals in the broker, checkpoints, and unpacked libraries. */
  private static final long NEEDED = GIGABYTE;

  /** Libraries of all modules, libtorch among them, and a training run. */
  private static final long COMFORTABLE = 8 * GIGABYTE;

  private DiskSpace() {}

  static Finding examine(Path folder) {
    try {
      return judge(folder, Files.getFileStore(folder).getUsableSpace());
    } catch (IOException e) {
      return Finding.fail(NAME, folder + " cannot be looked at: " + e.getMessage(), "Check it.");
    }
  }

  /**
   * @param usable bytes that this user may still write
   */
  static Finding judge(Path folder, long usable) {
    String found = "%.1f GB free at %s".formatted((double) usable / GIGABYTE, folder);
    if (usable < NEEDED) {
      return Finding.fail(NAME, found, "The demo writes up to 1 GB; make room.");
    }
    if (usable < COMFORTABLE) {
      return Finding.warn(NAME, found, "Building everything and training takes about 8 GB.");
    }
    return Finding.ok(NAME, found);
  }
}
