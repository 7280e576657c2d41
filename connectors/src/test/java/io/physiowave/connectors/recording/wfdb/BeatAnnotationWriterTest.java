package io.physiowave.connectors.recording.wfdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.core.frame.Modality;
import io.physiowave.core.label.LabelEvent;
import io.physiowave.core.label.LabelIdentity;
import io.physiowave.core.label.LabelTiming;
import io.physiowave.core.label.ModelReference;
import io.physiowave.core.quality.QualityLevel;
import io.physiowave.core.quality.SignalQuality;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BeatAnnotationWriterTest {
  private static final ModelReference MODEL = new ModelReference("ecg-beats", "1", "0".repeat(64));

  @Test
  void beats_are_written_once_each_in_order_at_the_records_rate(@TempDir Path directory)
      throws IOException {
    Path file = directory.resolve("208.pwb");
    List<LabelEvent> labels =
        List.of(label(900, "V", 180), label(100, "N", 180), label(900, "V", 180));
    assertThat(BeatAnnotationWriter.write(file, labels, 360)).isEqualTo(2);
    assertThat(AnnotationReader.read(file).annotations())
        .containsExactly(WfdbAnnotation.at(200, "N"), WfdbAnnotation.at(1800, "V"));
  }

  @Test
  void a_beat_without_an_answer_is_unknown_and_says_why() {
    assertThat(
            BeatAnnotationWriter.annotations(
                List.of(label(5, LabelEvent.UNCLASSIFIABLE, 360)), 360))
        .containsExactly(new WfdbAnnotation(5, "Q", 0, 0, 0, "lead off"));
  }

  @Test
  void labels_of_windows_are_passed_over() {
    assertThat(BeatAnnotationWriter.annotations(List.of(label(-1, "fist", 360)), 360)).isEmpty();
  }

  @Test
  void a_label_that_is_no_beat_class_is_refused() {
    assertThatThrownBy(() -> BeatAnnotationWriter.annotations(List.of(label(7, "fist", 360)), 360))
        .hasMessage(
            "label of stream s at sample 7 is 'fist'; expected one of the AAMI beat classes N, S,"
                + " V, F, Q");
  }

  private static LabelEvent label(long beat, String label, double rate) {
    boolean unclassifiable = label.equals(LabelEvent.UNCLASSIFIABLE);
    long start = Math.max(0, beat - 10);
    return new LabelEvent(
        LabelIdentity.of("s", "a", beat, MODEL),
        "s",
        "a",
        Modality.ECG,
        MODEL,
        rate,
        start,
        start + 64,
        0,
        1,
        beat < 0 ? OptionalLong.empty() : OptionalLong.of(beat),
        label,
        unclassifiable ? 0 : 0.9f,
        Map.of(),
        Map.of(),
        new SignalQuality(QualityLevel.GOOD, ""),
        unclassifiable ? "lead off" : "",
        new LabelTiming(0, 0, 0, 0),
        "");
  }
}
