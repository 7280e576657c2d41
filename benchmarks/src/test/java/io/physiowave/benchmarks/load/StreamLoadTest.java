package io.physiowave.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.core.card.Decision;
import io.physiowave.core.card.ModelCard;
import io.physiowave.core.card.ModelChannel;
import io.physiowave.core.card.Windowing;
import io.physiowave.core.frame.Modality;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.frame.SignalFrameCodec;
import io.physiowave.streaming.model.ServedModel;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StreamLoadTest {
  private static ModelCard card(
      Modality modality, double rateHz, Windowing windowing, String... channels) {
    return new ModelCard(
        ModelCard.SCHEMA,
        "test",
        "1",
        "test",
        modality,
        List.of("1", "2"),
        List.of(channels).stream().map(ModelChannel::named).toList(),
        "mV",
        rateHz,
        windowing,
        List.of(),
        Map.of(),
        Decision.ARG_MAX,
        21,
        0,
        null,
        List.of());
  }

  private static ModelCard emg() {
    return card(
        Modality.EMG,
        200,
        new Windowing.Sliding(96, 20),
        IntStream.rangeClosed(1, 8).mapToObj(i -> "channel" + i).toArray(String[]::new));
  }

  @Test
  void framesFollowEachOtherAndTheLastEndsTheSession() {
    StreamLoad load = new StreamLoad(emg(), new LoadShape(3, 7, 200, 50));

    long next = 0;
    for (int i = 0; i < load.framesPerStream(); i++) {
      SignalFrame frame = SignalFrameCodec.decode(load.frame(2, i));
      assertThat(frame.streamId()).isEqualTo(load.streamId(2));
      assertThat(frame.firstSampleIndex()).isEqualTo(next);
      assertThat(frame.endOfSession()).isEqualTo(i == load.framesPerStream() - 1);
      next = frame.endSampleIndex();
    }
    assertThat(load.valuesPerFrame()).isEqualTo(80);
  }

  @Test
  void everyStreamHasTheWindowsAskedFor() {
    StreamLoad load = new StreamLoad(emg(), new LoadShape(3, 7, 200, 50));

    assertThat(load.windows()).isEqualTo(21);
    assertThat(load.labelIds(new ServedModel("x", "0".repeat(64), emg()))).hasSize(21);
    // Samples 0 to 95 lie in frames 0 to 9.
    assertThat(load.framesBeforeFirstWindow()).isEqualTo(9);
  }

  @Test
  void anArmIsHeldToMeetAHigherRate() {
    StreamLoad load = new StreamLoad(emg(), new LoadShape(1, 5, 1000, 50));

    SignalFrame frame = SignalFrameCodec.decode(load.frame(0, 3));
    assertThat(frame.sampleCount()).isEqualTo(50);
    assertThat(load.windows()).isGreaterThanOrEqualTo(5);
  }

  @Test
  void beatsOfAPatientBecomeWindows() {
    ModelCard ecg = card(Modality.ECG, 200, new Windowing.BeatCentred(180, 80, List.of()), "MLII");

    assertThat(new StreamLoad(ecg, new LoadShape(2, 20, 360, 100)).windows()).isBetween(20L, 80L);
  }

  @Test
  void signalsThatNobodySimulatesAreRefused() {
    ModelCard eeg = card(Modality.EEG, 200, new Windowing.Sliding(96, 20), "Fp1");

    assertThatThrownBy(() -> new StreamLoad(eeg, new LoadShape(2, 20, 200, 50)))
        .hasMessageContaining("the model reads EEG");
  }

  @Test
  void devicesHaveTheModelsRateOrAMultipleAtWhichOneSamples() {
    ModelCard slow = card(Modality.ECG, 90, new Windowing.Sliding(90, 45), "II");

    assertThat(LoadShape.sampleRateHz(emg(), 0)).isEqualTo(200);
    assertThat(LoadShape.sampleRateHz(slow, 0)).isEqualTo(180);
    assertThat(LoadShape.sampleRateHz(slow, 360)).isEqualTo(360);
  }
}
