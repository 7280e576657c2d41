package io.physiowave.architecture;

/**
 * What many wearables of one kind ask of a cluster; the arithmetic of docs/scaling.md.
 *
 * @param framesPerSecond of one wearable
 * @param frameBytes of one frame, encoded
 * @param labelsPerSecond of one wearable: windows or beats
 * @param labelBytes of one label, encoded
 * @param cpuMicrosPerLabel processor time, Kafka to Kafka, broker included
 * @param cpuMicrosBesideModel the same with a model that costs next to nothing
 * @param stateBytes of one stream
 */
record WearableLoad(
    double framesPerSecond,
    double frameBytes,
    double labelsPerSecond,
    double labelBytes,
    double cpuMicrosPerLabel,
    double cpuMicrosBesideModel,
    double stateBytes) {
  /** How busy a core may be: the rest catches up after a restart and takes what comes in bursts. */
  static final double BUSY = 0.6;

  /** Kafka keeps each record so often. */
  static final int COPIES = 3;

  /** What one partition takes in without its leader becoming the bound, bytes a second. */
  static final double PARTITION_BYTES = 5e6;

  /** Widest a job can be: run.max-parallelism. */
  static final int WIDEST_JOB = 720;

  private static final double MICROS = 1e6;

  double wearablesPerCore() {
    return BUSY * MICROS / (labelsPerSecond * cpuMicrosPerLabel);
  }

  /** When a device answers for the models, what the cores beside it carry. */
  double wearablesPerCoreBesideModel() {
    return BUSY * MICROS / (labelsPerSecond * cpuMicrosBesideModel);
  }

  long cores(long wearables) {
    return (long) Math.ceil(wearables / wearablesPerCore());
  }

  long jobs(long wearables) {
    return Math.max(1, (cores(wearables) + WIDEST_JOB - 1) / WIDEST_JOB);
  }

  /** Bytes a second into the frames topic, before it is copied. */
  double inBytes(long wearables) {
    return wearables * framesPerSecond * frameBytes;
  }

  double outBytes(long wearables) {
    return wearables * labelsPerSecond * labelBytes;
  }

  /** Enough for the rate, and one for each subtask that reads. */
  long partitions(long wearables) {
    return Math.max(cores(wearables), (long) Math.ceil(inBytes(wearables) / PARTITION_BYTES));
  }

  double state(long wearables) {
    return wearables * stateBytes;
  }

  /** Bytes on the brokers' disks for an hour of frames, all copies. */
  double hourOnDisk(long wearables) {
    return inBytes(wearables) * 3600 * COPIES;
  }
}
