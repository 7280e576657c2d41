package io.physiowave.connectors.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.connectors.recording.RecordingAnnotation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TruthLogTest {
  @Test
  void keeps_the_latest_and_tells_everything_to_its_listener() {
    List<RecordingAnnotation> heard = new ArrayList<>();
    TruthLog log = new TruthLog(heard::add);
    for (int sample = 0; sample < TruthLog.CAPACITY + 10; sample++) {
      log.add(RecordingAnnotation.at(sample, "N", ""));
    }
    assertThat(heard).hasSize(TruthLog.CAPACITY + 10);
    assertThat(log.snapshot()).hasSize(TruthLog.CAPACITY);
    assertThat(log.snapshot().get(0).startSample()).isEqualTo(10);
  }
}
