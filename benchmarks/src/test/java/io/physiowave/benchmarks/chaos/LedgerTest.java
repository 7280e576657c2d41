package io.physiowave.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.connectors.replay.FrameSink;
import io.physiowave.connectors.replay.ReplayOptions;
import io.physiowave.connectors.replay.Replayer;
import io.physiowave.connectors.simulate.EmgSimulator;
import io.physiowave.connectors.simulate.EmgSimulatorOptions;
import io.physiowave.core.card.Windowing;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.label.LabelIdentity;
import io.physiowave.streaming.model.ModelCatalogue;
import io.physiowave.streaming.model.ModelFile;
import io.physiowave.streaming.model.ServedModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  @TempDir private Path directory;

  private static Path shipped(String model) {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(root.resolve(".mvn"))) {
      root = root.getParent();
    }
    return root.resolve("models").resolve(model);
  }

  private static final class Sink implements FrameSink {
    private final List<SignalFrame> frames = new ArrayList<>();

    @Override
    public void accept(SignalFrame frame) {
      frames.add(frame);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void every_window_of_what_was_sent_is_expected_under_either_version() throws Exception {
    Path file = shipped("emg-gestures.onnx");
    ServedModel now = ModelFile.read(file.toString()).served();
    ServedModel next = ModelFile.read(NextVersion.of(file, "chaos", directory).toString()).served();
    assertThat(next.card().version()).isEqualTo("chaos");
    assertThat(next.sha256()).isNotEqualTo(now.sha256());
    Windowing.Sliding windowing = (Windowing.Sliding) now.card().windowing();
    int seconds = 10;
    Sink sink = new Sink();

    Ledger ledger = new Ledger(sink, new ModelCatalogue(List.of(now)), List.of(next));
    new Replayer(ReplayOptions.of("arm", "s").withSpeed(ReplayOptions.UNLIMITED), ledger)
        .play(
            new EmgSimulator(
                EmgSimulatorOptions.of(1)
                    .withSampleCount(seconds * (long) EmgSimulatorOptions.SAMPLE_RATE_HZ)));

    assertThat(ledger.frames()).isEqualTo(sink.frames.size());
    long samples = Math.round(seconds * now.card().sampleRateHz());
    long windows = (samples - windowing.windowSamples()) / windowing.hopSamples() + 1;
    Expectation expectation = ledger.expectation();
    assertThat(expectation.windows()).hasSize((int) windows);
    for (ServedModel model : List.of(now, next)) {
      assertThat(expectation.windowsByLabel())
          .containsKey(LabelIdentity.of("arm", "s", 0, model.reference()));
    }
  }
}
