package io.physiowave.core.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChannelMappingTest {
  private static final List<ModelChannel> ROWS =
      List.of(
          new ModelChannel("II", List.of("II", "MLII", "*"), true),
          new ModelChannel("V1", List.of("V1", "*"), false));

  private static List<Integer> sources(String... streamChannels) {
    ChannelMapping mapping = ChannelMapping.of(ROWS, List.of(streamChannels));
    return List.of(mapping.source(0), mapping.source(1));
  }

  @Test
  void namesAreMatchedFirstWhateverTheirOrderAndCase() {
    assertThat(sources("V5", "mlii")).containsExactly(1, 0);
    assertThat(sources("V1", "I", "II")).containsExactly(2, 0);
  }

  @Test
  void anyChannelFillsWhatNamesLeaveOpen() {
    assertThat(sources("ECG")).containsExactly(0, ChannelMapping.NONE);
    assertThat(sources("ECG1", "ECG2")).containsExactly(0, 1);
  }

  @Test
  void aNamedRowKeepsItsChannelFromARequiredOne() {
    assertThatThrownBy(() -> sources("V1")).isInstanceOf(ChannelMismatchException.class);
  }

  @Test
  void aRequiredRowWithoutAChannelIsRefused() {
    List<ModelChannel> strict = List.of(ModelChannel.named("II"));
    assertThatThrownBy(() -> ChannelMapping.of(strict, List.of("V1", "V2")))
        .isInstanceOf(ChannelMismatchException.class)
        .hasMessage(
            "the stream's channels [V1, V2] have none for the model's channel 'II'; expected one"
                + " of [II]");
  }
}
