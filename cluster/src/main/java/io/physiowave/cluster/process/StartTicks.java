package io.physiowave.cluster.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * When a process started, in ticks since the machine did, as Linux tells it. The date that Java
 * gives moves with the system's clock: set by hours, as after a pause of a virtual machine, all
 * processes seem to be others.
 */
final class StartTicks {
  private static final Path PROC = Path.of("/proc");

  /** Its place behind the name in {@code /proc/PID/stat}, proc(5). */
  private static final int FIELD = 19;

  private StartTicks() {}

  /** The machine's start and the ticks since; empty where the system does not say. */
  static String of(long pid) {
    try {
      String stat = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"));
      // A name may hold blanks and brackets.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      String boot = Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
      return boot + " " + fields[FIELD];
    } catch (IOException e) {
      // Another system, or the process ended in between.
      return "";
    }
  }
}
