package io.physiowave.benchmarks.stream;

import io.physiowave.benchmarks.platform.JobSetup;
import java.time.Duration;

/**
 * What is measured.
 *
 * @param setup the job
 * @param allCores subtasks of a second measurement of the model, or 0 for none
 * @param streams devices
 * @param sampleRateHz their rate, Hz, or 0 for the model's own
 * @param frameMillis signal in one frame, milliseconds
 * @param warmUpRuns most runs before the first measurement, 1 or more
 * @param rounds measurements of job and bare session in turns, 1 or more; medians are reported
 * @param duration of one measurement, about
 */
public record StreamBenchmarkOptions(
    JobSetup setup,
    int allCores,
    int streams,
    double sampleRateHz,
    double frameMillis,
    int warmUpRuns,
    int rounds,
    Duration duration) {}
