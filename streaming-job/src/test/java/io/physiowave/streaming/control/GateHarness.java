package io.physiowave.streaming.control;

import io.physiowave.core.card.Decision;
import io.physiowave.core.card.ModelCard;
import io.physiowave.streaming.model.ModelAssignment;
import io.physiowave.streaming.model.ModelAssignmentSerializer;
import io.physiowave.streaming.model.ModelCatalogue;
import io.physiowave.streaming.model.ModelFile;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.options.DeviceChoice;
import io.physiowave.streaming.options.GraphOptimisation;
import io.physiowave.streaming.options.InferenceOptions;
import io.physiowave.streaming.testing.RegisteredMetrics;
import io.physiowave.streaming.testing.TestModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The gate alone, behind the checks of releases. */
abstract class GateHarness {
  @TempDir Path directory;

  static final InferenceOptions INFERENCE =
      new InferenceOptions(4, Duration.ZERO, DeviceChoice.CPU, 1, GraphOptimisation.ALL);

  OneInputStreamOperatorTestHarness<CheckedWish, ModelAssignment> harness;
  final RegisteredMetrics registered = new RegisteredMetrics();
  ReleaseChecks checks;
  ServedModel model;

  @BeforeEach
  void open() throws Exception {
    model = served(3);
    open(null);
  }

  void open(OperatorSubtaskState snapshot) throws Exception {
    harness =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new ModelGate(new ModelCatalogue(List.of()))),
            registered.environment());
    harness.setup(ModelAssignmentSerializer.INSTANCE);
    if (snapshot != null) {
      harness.initializeState(snapshot);
    }
    harness.open();
    checks = new ReleaseChecks(INFERENCE);
    checks.open(null);
  }

  @AfterEach
  void close() throws Exception {
    checks.close();
    harness.close();
  }

  ServedModel served(int classes) throws Exception {
    return ModelFile.read(
            TestModels.write(directory, TestModels.emg(Decision.ARG_MAX), classes).toString())
        .served();
  }

  void wish(byte[] value) throws Exception {
    harness.processElement(CheckedWishes.of(checks, "test-emg", value).get(3, TimeUnit.MINUTES), 0);
  }

  ModelStatus status() {
    return harness.getSideOutput(ModelStatus.TAG).peek().getValue();
  }

  ServedModel other(String version, int window) throws Exception {
    Path folder = Files.createTempDirectory(directory, "release");
    ModelCard card = TestModels.emg(Decision.ARG_MAX, version, window);
    return ModelFile.read(TestModels.write(folder, card).toString()).served();
  }

  static ModelRelease release(ServedModel model) {
    return new ModelRelease(model.card().version(), model.location(), model.sha256());
  }

  /** Two models for the same kind of signal. */
  record Rivals(ModelDeployment first, ModelDeployment second) {}

  Rivals rivals() throws Exception {
    ModelDeployment first = ModelDeployment.empty("test-emg").publish(release(model)).activate("1");
    Path folder = Files.createTempDirectory(directory, "rival");
    ServedModel rival =
        ModelFile.read(
                TestModels.write(folder, TestModels.emgWithLabels(List.of("A", "B", "C")))
                    .toString())
            .served();
    ModelDeployment second =
        ModelDeployment.empty("test-other")
            .publish(release(rival))
            .activate(rival.card().version())
            .activatedAfter(List.of(first));
    return new Rivals(first, second);
  }

  ModelAssignment latest() {
    List<ModelAssignment> all = harness.extractOutputValues();
    return all.get(all.size() - 1);
  }
}
