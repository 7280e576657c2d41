package io.physiowave.streaming.infer;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.card.Decision;
import io.physiowave.streaming.model.ModelFile;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.options.DeviceChoice;
import io.physiowave.streaming.options.GraphOptimisation;
import io.physiowave.streaming.options.InferenceOptions;
import io.physiowave.streaming.testing.RecordedMetrics;
import io.physiowave.streaming.testing.RegisteredMetrics;
import io.physiowave.streaming.testing.TestModels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InferenceMetricsTest {
  private static final InferenceOptions OPTIONS =
      new InferenceOptions(4, Duration.ofMillis(1), DeviceChoice.CPU, 1, GraphOptimisation.ALL);

  @TempDir Path directory;

  private final RecordedMetrics recorded = new RecordedMetrics();
  private final InferenceMetrics metrics = new InferenceMetrics(recorded, OPTIONS);
  private ServedModel model;
  private String own;

  @BeforeEach
  void open() throws Exception {
    Path file = TestModels.write(directory, TestModels.emg(Decision.ARG_MAX));
    model = ModelFile.read(file.toString()).served();
    own =
        "physiowave.model.%s.version.%s.sha256.%s."
            .formatted(model.card().name(), model.card().version(), model.sha256());
    metrics.opened(model);
  }

  @Test
  void aBatchCountsItsWindowsAndThoseThatTheModelDidNotGet() {
    metrics.completed(model, 5, 3, 7_000_000, 2_000_000);

    assertThat(recorded.count("physiowave.windowsInferred")).isEqualTo(3);
    assertThat(recorded.count("physiowave.windowsBypassed")).isEqualTo(2);
    assertThat(recorded.count("physiowave.batches")).isEqualTo(1);
    assertThat(recorded.count(own + "modelWindows")).isEqualTo(3);
    assertThat(recorded.values("physiowave.batchSize")).containsExactly(3);
    assertThat(recorded.values("physiowave.batchWaitMicros")).containsExactly(7_000);
    assertThat(recorded.values("physiowave.inferenceMicros")).containsExactly(2_000);
  }

  @Test
  void aBatchThatNoModelGotIsNone() {
    metrics.completed(model, 2, 0, 7_000_000, 0);

    assertThat(recorded.count("physiowave.windowsBypassed")).isEqualTo(2);
    assertThat(recorded.count("physiowave.batches")).isZero();
    assertThat(recorded.values("physiowave.batchSize")).isEmpty();
  }

  @Test
  void whatAFailedModelHadInHandIsNeitherInferredNorLost() {
    metrics.failed(5, 3);

    assertThat(recorded.count("physiowave.windowsFailed")).isEqualTo(3);
    assertThat(recorded.count("physiowave.windowsBypassed")).isEqualTo(2);
    assertThat(recorded.count("physiowave.windowsInferred")).isZero();
  }

  @Test
  void aModelIsSwitchedOffByItself() {
    assertThat(recorded.gauge(own + "modelInfo")).isEqualTo(1);
    metrics.switched(model, true);
    assertThat(recorded.gauge(own + "modelFailed")).isEqualTo(1);
    metrics.switched(model, false);
    assertThat(recorded.gauge(own + "modelFailed")).isZero();
  }

  @Test
  void aModelThatIsLetGoLeavesNoMetrics() {
    RegisteredMetrics registered = new RegisteredMetrics();
    InferenceMetrics real = new InferenceMetrics(registered.group("infer"), OPTIONS);
    Set<String> before = Set.copyOf(registered.paths());
    Set<String> ofTheModel =
        Stream.of("modelInfo", "modelFailed", "modelCopyMissing", "modelWindows")
            .map(name -> "infer." + own + name)
            .collect(Collectors.toSet());

    for (int change = 0; change < 3; change++) {
      real.opened(model);
      real.completed(model, 1, 1, 0, 0);
      assertThat(registered.paths()).containsAll(before).containsAll(ofTheModel);

      real.closed(model);
      assertThat(registered.paths()).isEqualTo(before);
    }
  }

  @Test
  void windowsThatCameAndThatAShadowMissedAreCounted() {
    metrics.arrived();
    metrics.arrived();
    metrics.skipped();

    assertThat(recorded.count("physiowave.windowsIn")).isEqualTo(2);
    assertThat(recorded.count("physiowave.windowsSkipped")).isEqualTo(1);
  }
}
