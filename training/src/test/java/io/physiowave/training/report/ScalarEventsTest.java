package io.physiowave.training.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.training.run.TrainingHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScalarEventsTest {
  /** What TensorBoard 2.21 makes of the same version and scalars with its own messages and CRC. */
  private static final String OF_TENSORBOARD =
      "1800000000000000a37f4b220900002060b813da411a0d627261696e2e4576656e743a320db7880b"
          + "36000000000000004f578cef0900002060b813da4110012a290a110a0a747261696e5f6c6f7373150000403f"
          + "0a140a0d6c6561726e696e675f72617465156f12833a462b04aa";

  private static final Instant FIRST = Instant.ofEpochMilli(1_750_000_000_500L);

  @TempDir private Path folder;
  private Path file;
  private final TrainingHistory history = new TrainingHistory();

  @BeforeEach
  void firstEpoch() throws IOException {
    file = folder.resolve(ScalarEvents.FILE_NAME);
    history.add(figures(0.75, 0.001));
    ScalarEvents.add(history, folder, FIRST);
  }

  @Test
  void holdsTheBytesThatTensorBoardItselfWrites() throws IOException {
    assertThat(hex()).isEqualTo(OF_TENSORBOARD);
  }

  @Test
  void aLaterEpochLeavesWhatAReaderHasSeen() throws IOException {
    history.add(figures(0.5, 0.0005));
    ScalarEvents.add(history, folder, FIRST.plusSeconds(1));
    assertThat(hex()).startsWith(OF_TENSORBOARD).hasSizeGreaterThan(OF_TENSORBOARD.length());
  }

  @Test
  void aFirstEpochBeginsAnew() throws IOException {
    history.add(figures(0.5, 0.0005));
    ScalarEvents.add(history, folder, FIRST.plusSeconds(1));
    TrainingHistory another = new TrainingHistory();
    another.add(figures(0.75, 0.001));
    ScalarEvents.add(another, folder, FIRST);
    assertThat(hex()).isEqualTo(OF_TENSORBOARD);
  }

  @Test
  void aResumedTrainingWhoseFileIsGoneGetsAllEpochs() throws IOException {
    history.add(figures(0.5, 0.0005));
    ScalarEvents.add(history, folder, FIRST);
    String whole = hex();
    Files.delete(file);
    ScalarEvents.add(history, folder, FIRST);
    assertThat(hex()).isEqualTo(whole);
  }

  @Test
  void aFigureWithoutAValueIsLeftOut() throws IOException {
    TrainingHistory another = new TrainingHistory();
    Map<String, Double> figures = new LinkedHashMap<>(figures(0.75, 0.001));
    figures.put("validation_auroc", Double.NaN);
    another.add(figures);
    ScalarEvents.add(another, folder, FIRST);
    assertThat(hex()).isEqualTo(OF_TENSORBOARD);
  }

  private static Map<String, Double> figures(double loss, double rate) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("train_loss", loss);
    figures.put("learning_rate", rate);
    return figures;
  }

  private String hex() throws IOException {
    return HexFormat.of().formatHex(Files.readAllBytes(file));
  }
}
