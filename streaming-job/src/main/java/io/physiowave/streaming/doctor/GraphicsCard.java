package io.physiowave.streaming.doctor;

/**
 * An NVIDIA device.
 *
 * @param name as the driver calls it, e.g. {@code NVIDIA L4}
 * @param driver version, e.g. {@code 580.65.06}
 * @param memoryMebibytes its memory
 */
record GraphicsCard(String name, String driver, long memoryMebibytes) {

  /** First number of the driver's version, which decides what CUDA it serves; 0 if unreadable. */
  int driverBranch() {
    String branch = driver.replaceFirst("\\..*", "");
    return branch.matches("\\d{1,5}") ? Integer.parseInt(branch) : 0;
  }
}
