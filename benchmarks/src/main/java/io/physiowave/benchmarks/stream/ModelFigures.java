package io.physiowave.benchmarks.stream;

/**
 * What one model reached; medians over the rounds. Windows a second are wall-clock figures on all
 * the cores of the machine; processor time is that of the whole process, broker included.
 *
 * @param model name and version
 * @param parallelism subtasks of each station, and threads of the bare loop
 * @param windowsPerSecond frames in Kafka to labels in Kafka, through the job
 * @param bareWindowsPerSecond the bare session loop with the same batch and threads
 * @param ratio of the two, round by round
 * @param perRecordWindowsPerSecond one call with nested arrays a window, in the same job, the
 *     session as it comes
 * @param timesPerRecord windowsPerSecond over perRecordWindowsPerSecond
 * @param perRecordSameThreadsWindowsPerSecond the same with as many threads a call as the job takes
 * @param timesPerRecordSameThreads windowsPerSecond over perRecordSameThreadsWindowsPerSecond
 * @param cpuMicrosPerWindow processor time of the job a window
 * @param bareCpuMicrosPerWindow processor time of the bare loop a window
 * @param cpuRatio of the two, bare over job
 * @param labelsExpected labels that had to come in each round, all of which came
 * @param labelsRepeated labels that came more than once, over all rounds
 */
public record ModelFigures(
    String model,
    int parallelism,
    double windowsPerSecond,
    double bareWindowsPerSecond,
    double ratio,
    double perRecordWindowsPerSecond,
    double timesPerRecord,
    double perRecordSameThreadsWindowsPerSecond,
    double timesPerRecordSameThreads,
    double cpuMicrosPerWindow,
    double bareCpuMicrosPerWindow,
    double cpuRatio,
    long labelsExpected,
    long labelsRepeated) {}
