package io.physiowave.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.core.frame.Modality;
import io.physiowave.core.label.ModelReference;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SignalEventCodecTest {
  private static SignalEvent event(EventPhase phase, OptionalLong offset) {
    return new SignalEvent(
        "arm-1",
        "session",
        Modality.EMG,
        new ModelReference("emg-gestures", "1.3.0", "0".repeat(64)),
        200,
        new Episode("gesture", "2", "fist", phase, 96, offset, 0.75f, 4, 0),
        480_000,
        offset.isPresent() ? OptionalLong.of(offset.getAsLong() * 5_000) : offset);
  }

  @Test
  void bothFormsKeepWhatIsSaid() {
    SignalEvent onset = event(EventPhase.ONSET, OptionalLong.empty());
    SignalEvent offset = event(EventPhase.OFFSET, OptionalLong.of(192));

    for (SignalEvent event : new SignalEvent[] {onset, offset}) {
      assertThat(SignalEventCodec.decode(SignalEventCodec.encode(event))).isEqualTo(event);
      assertThat(SignalEventCodec.fromJson(SignalEventCodec.toJson(event))).isEqualTo(event);
    }
  }

  @Test
  void itsJsonIsProtobufs() {
    assertThat(SignalEventCodec.toJson(event(EventPhase.ONSET, OptionalLong.empty())))
        .startsWith("{\"id\":\"")
        .contains("\"kind\":\"gesture\",\"label\":\"2\",\"phase\":\"ONSET\"")
        .contains("\"onsetSample\":\"96\"")
        .doesNotContain("offset");
  }

  @Test
  void oneOfAReleaseBeforeNamesHasNone() {
    String named = SignalEventCodec.toJson(event(EventPhase.ONSET, OptionalLong.empty()));
    assertThat(named).contains("\"labelName\":\"fist\"");

    Episode unnamed =
        SignalEventCodec.fromJson(named.replace(",\"labelName\":\"fist\"", "")).episode();
    assertThat(unnamed.labelName()).isEmpty();
    assertThat(unnamed.label()).isEqualTo("2");
  }

  @Test
  void whatIsNoEventIsRefused() {
    assertThatThrownBy(() -> SignalEventCodec.decode(new byte[] {1}))
        .hasMessageStartingWith("the 1 bytes are not a protobuf SignalEvent: ");
    assertThatThrownBy(() -> SignalEventCodec.fromJson("{\"phase\":3.5}"))
        .hasMessageStartingWith("the text is not the JSON form of a SignalEvent: ");
  }
}
