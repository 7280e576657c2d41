package io.physiowave.quickstart.command;

import io.physiowave.quickstart.gateway.RecordedGateways;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything a demonstration can be told.
 *
 * @param ports where its servers listen
 * @param models ONNX files to serve, one a modality
 * @param simulated streams when nothing is recorded
 * @param recorded recordings to play instead; the run ends with them
 * @param duration after which the gateways stop; empty to go on
 * @param report where the report goes
 * @param labelsOut where the label events go
 * @param annotationsOut directory for annotation files
 * @param browser whether to open the page
 */
record DemoOptions(
    Ports ports,
    List<Path> models,
    SimulationRequest simulated,
    Optional<RecordedGateways> recorded,
    Optional<Duration> duration,
    Optional<Path> report,
    Optional<Path> labelsOut,
    Optional<Path> annotationsOut,
    boolean browser) {

  DemoOptions {
    models = List.copyOf(models);
  }
}
