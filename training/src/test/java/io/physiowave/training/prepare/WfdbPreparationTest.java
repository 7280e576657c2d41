package io.physiowave.training.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.connectors.recording.wfdb.SignalFormat;
import io.physiowave.connectors.recording.wfdb.WfdbOutput;
import io.physiowave.connectors.recording.wfdb.WfdbRecordWriter;
import io.physiowave.core.frame.Modality;
import io.physiowave.training.dataset.WindowFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WfdbPreparationTest {
  private static final int RATE = 100;

  @TempDir Path folder;
  private final List<String> log = new ArrayList<>();

  /** 20 s of signal, 60 s of nothing, 20 s of signal. */
  @Test
  void aGapOfARecordGivesNoWindows() throws IOException {
    Path records = folder.resolve("records");
    segment(records, "p1_0001");
    segment(records, "p1_0002");
    Files.writeString(
        records.resolve("p1.hea"), "p1/3 1 100 10000\np1_0001 2000\n~ 6000\np1_0002 2000\n");
    prepare(records);
    try (WindowFile train = WindowFile.open(folder.resolve("prepared/train.h5"))) {
      assertThat(train.size()).isBetween(34, 42);
      float[] window = new float[RATE];
      for (int i = 0; i < train.size(); i++) {
        train.read(i, window);
        double squares = 0;
        for (float value : window) {
          squares += value * value;
        }
        assertThat(squares / RATE).as("window " + i).isGreaterThan(0.9);
      }
    }
    assertThat(log)
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("record p1: ")
                    .contains("left out, of which more than a fifth is missing"));
  }

  @Test
  void aRecordThatIsNamedForValidationAndNotThereIsRefused() throws IOException {
    Path records = folder.resolve("records");
    segment(records, "a1");
    segment(records, "a2");
    assertThatThrownBy(() -> prepare(records, Set.of("a2", "a7")))
        .hasMessage(records + ": holds no 'a7'; expected among [a1, a2]");
  }

  private static void segment(Path records, String name) throws IOException {
    WfdbOutput output =
        new WfdbOutput(
            name,
            RATE,
            Optional.empty(),
            SignalFormat.INT_16,
            List.of(new WfdbOutput.Signal("II", "mV", 1000, 0)),
            List.of());
    float[][] samples = new float[1][20 * RATE];
    for (int t = 0; t < samples[0].length; t++) {
      samples[0][t] = (float) Math.sin(t / 5.0);
    }
    try (WfdbRecordWriter writer = WfdbRecordWriter.create(records, output)) {
      writer.append(samples, 0, samples[0].length);
    }
  }

  private void prepare(Path records) throws IOException {
    prepare(records, Set.of());
  }

  private void prepare(Path records, Set<String> validation) throws IOException {
    PrepareOptions options =
        new PrepareOptions(
            records,
            folder.resolve("prepared"),
            RATE,
            RATE,
            0,
            List.of(),
            validation,
            !validation.isEmpty(),
            Set.of(),
            Map.of(),
            new PrepareOptions.Handling(true, false, false));
    new WfdbPreparation(
            options,
            "ours",
            "CC0",
            List.of("II"),
            RATE,
            "mV",
            Modality.ECG,
            WindowScaling.ZSCORE,
            new ValidationDraw(0, 42),
            log::add)
        .run();
  }
}
