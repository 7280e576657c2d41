package io.physiowave.core.frame;

import java.util.BitSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Frames for tests. */
final class SignalFrames {
  private SignalFrames() {}

  static SignalFrame example() {
    return new SignalFrame(
        "device-7",
        "2026-11-23T10:00",
        Modality.ECG,
        1024,
        1_700_000_000_000_000L,
        1_700_000_000_010_000L,
        360,
        List.of("MLII", "V1"),
        "mV",
        new float[][] {{0.5f, -1.25f, Float.NaN}, {0, 2, 3}},
        new BitSet(),
        false);
  }

  /** Any valid frame of up to 5 channels and 12 samples. */
  static Arbitrary<SignalFrame> any() {
    Arbitrary<String> names =
        Arbitraries.strings().ofMinLength(1).ofMaxLength(20).filter(name -> !name.isBlank());
    Arbitrary<float[][]> samples =
        Combinators.combine(
                Arbitraries.integers().between(1, 5), Arbitraries.integers().between(0, 12))
            .flatAs(
                (channels, count) ->
                    Arbitraries.oneOf(
                            Arbitraries.floats(),
                            Arbitraries.of(Float.NaN, Float.POSITIVE_INFINITY, -0.0f))
                        .array(float[].class)
                        .ofSize(count)
                        .array(float[][].class)
                        .ofSize(channels));
    Arbitrary<Long> clocks = Arbitraries.longs();
    return Combinators.combine(
            names,
            Arbitraries.of(Modality.class),
            Arbitraries.longs().between(0, SignalFrame.MAXIMUM_SAMPLE_INDEX),
            clocks,
            Arbitraries.doubles().between(0.01, 100_000),
            Arbitraries.of("V", "mV", "uV"),
            samples,
            Arbitraries.integers().between(0, 31))
        .as(
            (name, modality, first, clock, rate, unit, values, flags) -> {
              BitSet leadOff = BitSet.valueOf(new long[] {flags & ((1 << values.length) - 1)});
              List<String> channels = List.of("a", "b", "c", "d", "e").subList(0, values.length);
              return new SignalFrame(
                  name,
                  name + "-session",
                  modality,
                  first,
                  clock,
                  clock + 1,
                  rate,
                  channels,
                  unit,
                  values,
                  leadOff,
                  flags % 2 == 0);
            });
  }
}
