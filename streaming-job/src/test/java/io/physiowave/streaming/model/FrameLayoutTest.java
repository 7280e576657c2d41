package io.physiowave.streaming.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.frame.Modality;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.streaming.testing.TestSignals;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameLayoutTest {
  private static final SignalFrame FRAME = TestSignals.frame("arm", "s", 0, 10, false);

  private static FrameLayout layout(
      Modality modality, double rateHz, List<String> channels, String unit) {
    return new FrameLayout(modality, rateHz, channels, unit);
  }

  @Test
  void isThatOfAFrameInEveryPart() {
    List<String> channels = TestSignals.CHANNELS;
    double rate = TestSignals.RATE;

    assertThat(FrameLayout.of(FRAME)).isEqualTo(layout(Modality.EMG, rate, channels, "mV"));
    assertThat(FrameLayout.of(FRAME).isOf(FRAME)).isTrue();
    assertThat(layout(Modality.EEG, rate, channels, "mV").isOf(FRAME)).isFalse();
    assertThat(layout(Modality.EMG, 250, channels, "mV").isOf(FRAME)).isFalse();
    assertThat(layout(Modality.EMG, rate, List.of("ch2", "ch1"), "mV").isOf(FRAME)).isFalse();
    assertThat(layout(Modality.EMG, rate, channels, "uV").isOf(FRAME)).isFalse();
  }
}
