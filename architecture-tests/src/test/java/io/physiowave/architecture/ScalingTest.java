package io.physiowave.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.physiowave.core.frame.Modality;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.frame.SignalFrameCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables of docs/scaling.md follow from the inputs that stand above them. */
class ScalingTest {
  private static final String PAGE = "docs/scaling.md";

  private final ScalingPage page = ScalingPage.of(Repository.text(PAGE));

  /** With -Dscaling.write the rows are written instead: new inputs are one edit and one command. */
  @Test
  void everyRowFollowsFromTheInputs() throws IOException {
    String recomputed = page.recomputed().text();
    if (System.getProperty("scaling.write") != null) {
      Files.writeString(Repository.root().resolve(PAGE), recomputed);
      return;
    }
    assertThat(page.text()).isEqualTo(recomputed);
  }

  @Test
  void anotherInputGivesOtherRows() {
    String half =
        page.text().replaceFirst("(?m)^\\| labels a second \\|.*?\\|", "| labels a second | 1 |");

    assertThat(ScalingPage.of(half).recomputed().text()).isNotEqualTo(half);
  }

  @ParameterizedTest
  @CsvSource({"ECG, 360, 2, 18", "EMG, 200, 8, 10"})
  void framesAreAsLongAsTheCodecMakesThem(
      Modality modality, double rate, int channels, int samples) {
    SignalFrame frame =
        new SignalFrame(
            "ward-7/patient-001234",
            "0f8fad5b-d9cb-469f-a165-70867728950e",
            modality,
            1_000_000,
            1_790_000_000_000_000L,
            1_790_000_000_000_000L,
            rate,
            IntStream.range(0, channels).mapToObj(c -> "channel" + (c + 1)).toList(),
            "mV",
            new float[channels][samples],
            new BitSet(),
            false);

    double[] gain = new double[channels];
    Arrays.fill(gain, 0.001);
    byte[] record = SignalFrameCodec.encodeInt16(frame, gain, new double[channels]);
    assertThat(page.inputs(modality.name()).get("bytes a frame"))
        .isCloseTo(record.length, within(10.0));
    assertThat(page.inputs(modality.name()).get("frames a second")).isEqualTo(rate / samples);
  }

  @Test
  void twiceTheWearablesAskForTwiceTheCores() {
    WearableLoad load = new WearableLoad(10, 400, 10, 200, 60, 30, 20_000);

    assertThat(load.wearablesPerCore()).isEqualTo(1000, within(1e-9));
    assertThat(load.cores(1_000)).isEqualTo(1);
    assertThat(load.cores(2_000)).isEqualTo(2);
    assertThat(load.jobs(720_000)).isEqualTo(1);
    assertThat(load.jobs(720_001)).isEqualTo(2);
    assertThat(load.partitions(1_000)).isEqualTo(1);
    assertThat(load.inBytes(1_000)).isEqualTo(4e6);
  }
}
