package io.physiowave.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.physiowave.core.frame.Modality;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.frame.SignalFrameCodec;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables of docs/scaling.md follow from the inputs that stand above them. */
class ScalingTest {
  private static final long[] WEARABLES = {1_000, 10_000, 100_000, 1_000_000};

  private final List<String> lines = Repository.text("docs/scaling.md").lines().toList();

  /** The numbers of one column of the table of inputs, by the name in its first. */
  private Map<String, Double> inputs(int column) {
    Map<String, Double> inputs = new TreeMap<>();
    for (String line : lines) {
      String[] cells = line.split("\\|");
      if (cells.length == 5 && cells[2].strip().matches("[\\d.,]+")) {
        inputs.put(cells[1].strip(), Double.parseDouble(cells[column].strip().replace(",", "")));
      }
    }
    return inputs;
  }

  private WearableLoad load(int column) {
    Map<String, Double> inputs = inputs(column);
    return new WearableLoad(
        inputs.get("frames a second"),
        inputs.get("bytes a frame"),
        inputs.get("labels a second"),
        inputs.get("bytes a label"),
        inputs.get("CPU µs a label, all"),
        inputs.get("CPU µs a label, without the model"),
        inputs.get("bytes of state"));
  }

  private static String row(long wearables, WearableLoad load) {
    return String.format(
        Locale.ROOT,
        "| %,d | %,d | %,d | %,d | %,.1f | %,.1f | %.2f | %,.2f |",
        wearables,
        load.cores(wearables),
        load.jobs(wearables),
        load.partitions(wearables),
        load.inBytes(wearables) / 1e6,
        load.outBytes(wearables) / 1e6,
        load.state(wearables) / 1e9,
        load.hourOnDisk(wearables) / 1e12);
  }

  @ParameterizedTest
  @CsvSource({"ECG, 2", "EMG, 3"})
  void everyRowFollowsFromTheInputs(String kind, int column) {
    WearableLoad load = load(column);
    String perCore =
        String.format(
            Locale.ROOT,
            "| %s | %,.0f | %,.0f |",
            kind,
            load.wearablesPerCore(),
            load.wearablesPerCoreBesideModel());

    assertThat(lines).contains(perCore);
    for (long wearables : WEARABLES) {
      assertThat(lines).contains(row(wearables, load));
    }
  }

  @ParameterizedTest
  @CsvSource({"2, ECG, 360, 2, 18", "3, EMG, 200, 8, 10"})
  void framesAreAsLongAsTheCodecMakesThem(
      int column, Modality modality, double rate, int channels, int samples) {
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
    assertThat(inputs(column).get("bytes a frame")).isCloseTo(record.length, within(10.0));
    assertThat(inputs(column).get("frames a second")).isEqualTo(rate / samples);
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
