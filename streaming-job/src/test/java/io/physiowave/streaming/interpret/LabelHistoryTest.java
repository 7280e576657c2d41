package io.physiowave.streaming.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.event.Hysteresis;
import io.physiowave.core.frame.Modality;
import io.physiowave.core.label.LabelEvent;
import io.physiowave.core.label.LabelTiming;
import io.physiowave.core.label.ModelReference;
import io.physiowave.core.quality.SignalQuality;
import io.physiowave.streaming.options.EventOptions;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Flink's heap copies a history when a stream goes on after a checkpoint. */
class LabelHistoryTest {
  private static final Hysteresis RULES = new Hysteresis(0.5, 0.4, 0.05, Set.of("rest"));

  private static void accept(LabelHistory history, boolean beats, int number) {
    long sample = 160L * number;
    String label = beats ? (number % 3 == 0 ? "V" : "N") : (number / 4 % 2 == 0 ? "fist" : "wave");
    history.accept(
        new LabelEvent(
            "id",
            "stream",
            "session",
            beats ? Modality.ECG : Modality.EMG,
            new ModelReference("m", "1", "b".repeat(64)),
            200,
            sample,
            sample + 200,
            sample * 5_000,
            (sample + 200) * 5_000,
            beats ? OptionalLong.of(sample + 100) : OptionalLong.empty(),
            label,
            0.9f,
            Map.of(label, 0.9f),
            Map.of(),
            SignalQuality.GOOD,
            "",
            new LabelTiming(1, 2, 3, 4),
            ""),
        RULES,
        EventOptions.asCard(Duration.ofSeconds(30)),
        event -> {},
        summary -> {});
  }

  private static byte[] saved(LabelHistory history) throws IOException {
    DataOutputSerializer bytes = new DataOutputSerializer(1_000);
    history.writeTo(bytes);
    return bytes.getCopyOfBuffer();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aCopySavesTheSameBytesAndGoesItsOwnWay(boolean beats) throws IOException {
    LabelHistory history = new LabelHistory();
    history.lastSeenMillis = 7;
    for (int number = 0; number < 30; number++) {
      accept(history, beats, number);
    }
    byte[] before = saved(history);
    LabelHistory copy = LabelHistorySerializer.INSTANCE.copy(history);
    assertThat(saved(copy)).isEqualTo(before);

    accept(history, beats, 30);
    assertThat(saved(history)).isNotEqualTo(before);
    assertThat(saved(copy)).isEqualTo(before);

    accept(copy, beats, 30);
    assertThat(saved(copy)).isEqualTo(saved(history));
  }

  /** What the release before saved of 450 labels. */
  private static LabelHistory savedBefore(boolean beats) throws IOException {
    String file = beats ? "history-1-beats.bin" : "history-1-windows.bin";
    try (InputStream bytes = LabelHistoryTest.class.getResourceAsStream(file)) {
      return LabelHistory.readFrom(new DataInputDeserializer(bytes.readAllBytes()));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aHistorySavedInTheFirstFormGoesOnAsIfItNeverHadBeen(boolean beats) throws IOException {
    LabelHistory history = new LabelHistory();
    history.lastSeenMillis = 7;
    for (int number = 0; number < 450; number++) {
      accept(history, beats, number);
    }
    LabelHistory before = savedBefore(beats);
    assertThat(saved(before)).isEqualTo(saved(history));

    for (int number = 450; number < 600; number++) {
      accept(history, beats, number);
      accept(before, beats, number);
    }
    assertThat(saved(before)).isEqualTo(saved(history));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aHistoryTakesFewBytes(boolean beats) throws IOException {
    LabelHistory history = savedBefore(beats);

    assertThat(saved(history)).hasSizeLessThan(beats ? 1_000 : 200);
  }
}
