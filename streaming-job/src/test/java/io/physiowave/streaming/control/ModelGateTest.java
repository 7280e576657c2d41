package io.physiowave.streaming.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.card.Decision;
import io.physiowave.streaming.model.ModelFile;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.options.DeviceChoice;
import io.physiowave.streaming.options.GraphOptimisation;
import io.physiowave.streaming.options.InferenceOptions;
import io.physiowave.streaming.testing.TestModels;
import io.physiowave.streaming.types.TopicRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelGateTest {
  @TempDir Path directory;

  private OneInputStreamOperatorTestHarness<TopicRecord, ServedModel> harness;
  private ServedModel model;

  @BeforeEach
  void open() throws Exception {
    model = served(3);
    harness =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(
                new ModelGate(
                    new InferenceOptions(
                        4, Duration.ZERO, DeviceChoice.CPU, 1, GraphOptimisation.ALL))));
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private ServedModel served(int classes) throws Exception {
    return ModelFile.read(
            TestModels.write(directory, TestModels.emg(Decision.ARG_MAX), classes).toString())
        .served();
  }

  private void wish(String name, String version, String location, String sha256) throws Exception {
    wish(
        ControlJson.write(
            ModelDeployment.empty(name)
                .publish(new ModelRelease(version, location, sha256))
                .activate(version)));
  }

  private void wish(byte[] value) throws Exception {
    harness.processElement(
        new TopicRecord("test-emg".getBytes(StandardCharsets.UTF_8), value, 0, 0, 0), 0);
  }

  private ModelStatus status() {
    return harness.getSideOutput(ModelStatus.TAG).peek().getValue();
  }

  private void assertRefused(String reason) {
    assertThat(harness.extractOutputValues()).isEmpty();
    assertThat(status().accepted()).isFalse();
    assertThat(status().reason()).contains(reason);
  }

  @Test
  void aModelThatKeepsWhatItsCardSaysPasses() throws Exception {
    wish("test-emg", "1", model.location(), model.sha256());

    assertThat(harness.extractOutputValues()).containsExactly(model);
    assertThat(status().accepted()).isTrue();
    assertThat(status().version()).isEqualTo("1");
  }

  @Test
  void aReleaseThatIsNotActivatedIsLeftAlone() throws Exception {
    wish(
        ControlJson.write(
            ModelDeployment.empty("test-emg")
                .publish(new ModelRelease("1", "nowhere.onnx", model.sha256()))));
    wish((byte[]) null);

    assertThat(harness.getOutput()).isEmpty();
    assertThat(harness.getSideOutput(ModelStatus.TAG)).isNull();
  }

  @Test
  void aFileThatIsNotThereIsRefused() throws Exception {
    wish("test-emg", "1", directory.resolve("gone.onnx").toString(), model.sha256());

    assertRefused("gone.onnx: no such model file");
  }

  @Test
  void aFileWithAnotherHashIsRefused() throws Exception {
    wish("test-emg", "1", model.location(), "0".repeat(64));

    assertRefused("expected " + "0".repeat(64));
  }

  @Test
  void aFileWithAnotherCardIsRefused() throws Exception {
    wish("test-emg", "2", model.location(), model.sha256());

    assertRefused("the card is of test-emg 1; expected test-emg 2");
  }

  @Test
  void aModelThatAnswersInAnotherShapeIsRefused() throws Exception {
    ServedModel wrong = served(5);

    wish("test-emg", "1", wrong.location(), wrong.sha256());

    assertRefused("(1, 5)");
  }

  @Test
  void aWishThatCannotBeReadIsRefused() throws Exception {
    wish("now!".getBytes(StandardCharsets.UTF_8));

    assertRefused("not JSON");
    assertThat(status().name()).isEqualTo("test-emg");
  }
}
