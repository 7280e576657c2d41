package io.physiowave.benchmarks.stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.physiowave.benchmarks.platform.Machine;

/**
 * What {@code bench stream} reports.
 *
 * @param machine where
 * @param streams devices
 * @param sampleRateHz their rate, Hz
 * @param frameMillis signal in one frame
 * @param maximumBatch windows in one call at most, and in each call of the bare loop
 * @param stateBackend Flink's
 * @param rounds measurements in turns
 * @param figures of the model, with one subtask unless another number was asked for
 * @param allCores of the model with as many subtasks as cores; null where a number was asked for,
 *     or where there is one core
 * @param nearFree of a model that costs next to nothing: everything but inference
 * @param framesPerSecondPerCore decode and assembly alone, by processor time
 * @param samplesPerSecondPerCore the same in values of all channels
 */
public record StreamReport(
    Machine machine,
    int streams,
    double sampleRateHz,
    double frameMillis,
    int maximumBatch,
    String stateBackend,
    int rounds,
    @JsonUnwrapped ModelFigures figures,
    @JsonInclude(JsonInclude.Include.NON_NULL) ModelFigures allCores,
    ModelFigures nearFree,
    double framesPerSecondPerCore,
    double samplesPerSecondPerCore) {}
