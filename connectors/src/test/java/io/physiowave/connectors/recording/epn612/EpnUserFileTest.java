package io.physiowave.connectors.recording.epn612;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.connectors.recording.RecordingException;
import io.physiowave.connectors.recording.RecordingNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EpnUserFileTest {
  private static final String CHANNELS =
      "\"ch1\":[1,-128],\"ch2\":[2,0],\"ch3\":[3,0],\"ch4\":[4,0],"
          + "\"ch5\":[5,0],\"ch6\":[6,0],\"ch7\":[7,0],\"ch8\":[8,127]";

  @TempDir Path folder;

  private List<EpnSample> read(String json) throws IOException {
    Path file = Files.writeString(folder.resolve("user1.json"), json);
    List<EpnSample> samples = new ArrayList<>();
    EpnUserFile.read(file, samples::add);
    return samples;
  }

  @Test
  void samplesComeInOrderWithTheirGestures() throws IOException {
    List<EpnSample> samples =
        read(
            "{\"generalInformation\":{\"a\":[{}]},\"trainingSamples\":{\"idx_1\":{\"gestureName\":"
                + "\"fist\",\"quaternion\":{\"w\":[1]},\"emg\":{"
                + CHANNELS
                + "}}},\"testingSamples\":{\"idx_1\":{\"emg\":{"
                + CHANNELS
                + "}}}}");
    assertThat(samples).hasSize(2);
    assertThat(samples.get(0).set()).isEqualTo(EpnSample.Set.TRAINING);
    assertThat(samples.get(0).gesture()).contains("fist");
    assertThat(samples.get(0).emg()[0]).containsExactly(1, -128);
    assertThat(samples.get(0).emg()[7]).containsExactly(8, 127);
    assertThat(samples.get(1).gesture()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]|the file is a list; expected an object",
        "{}|has neither testingSamples nor trainingSamples",
        "{'trainingSamples': 3}|trainingSamples is a number; expected an object",
        "{'trainingSamples': {'idx_1': {}}}|trainingSamples.idx_1 has no emg",
        "{'trainingSamples': {'idx_1': {'emg': {'ch1': [1]}}}}|trainingSamples.idx_1.emg.ch2 has 0",
        "{'trainingSamples': {'idx_1': {'emg': {'x': [1]}}}}|has a channel 'x'; expected ch1 to ch8",
        "{'trainingSamples': {'idx_1': {'emg': {'ch1': ['a']}}}}|emg.ch1[0] is a; expected",
        "{'trainingSamples': {'idx_1': {'emg': {'ch1': [1|not JSON at line 1 column"
      })
  void whatIsMalformedIsNamed(String json, String message) {
    assertThatThrownBy(() -> read(json.replace('\'', '"')))
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining("user1.json")
        .hasMessageContaining(message);
  }

  /** The parser's limit on depth fails without a place in the text. */
  @Test
  void whatNestsTooDeepIsNoJson() {
    assertThatThrownBy(() -> read("{\"trainingSamples\": " + "{\"a\": ".repeat(2_000)))
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining("user1.json: not JSON: ")
        .hasMessageContaining("1000");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> EpnUserFile.read(folder.resolve("user2.json"), sample -> {}))
        .isInstanceOf(RecordingNotFoundException.class)
        .hasMessageContaining("user2.json: no such file");
  }
}
