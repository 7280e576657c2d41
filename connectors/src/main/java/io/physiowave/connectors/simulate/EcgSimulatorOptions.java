package io.physiowave.connectors.simulate;

import io.physiowave.connectors.recording.RecordingAnnotation;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * A simulated patient on an ECG recorder.
 *
 * @param seed same seed, same samples
 * @param sampleRateHz 100 to 2000
 * @param leads in channel order, each once
 * @param rhythm what the heart does
 * @param noise what disturbs it
 * @param sampleCount samples until the recording ends; empty for one that never does
 * @param truthListener told of each beat and change of rhythm when its sample is produced, on the
 *     reading thread
 */
public record EcgSimulatorOptions(
    long seed,
    double sampleRateHz,
    List<EcgLead> leads,
    RhythmProfile rhythm,
    EcgNoiseLevels noise,
    OptionalLong sampleCount,
    Consumer<RecordingAnnotation> truthListener) {
  /** Lowest rate at which a heart is simulated, Hz. */
  public static final double LOWEST_RATE_HZ = 100;

  public EcgSimulatorOptions {
    Objects.requireNonNull(rhythm, "rhythm");
    Objects.requireNonNull(noise, "noise");
    Objects.requireNonNull(truthListener, "truthListener");
    leads = List.copyOf(leads);
    if (!(sampleRateHz >= LOWEST_RATE_HZ && sampleRateHz <= 2000)) {
      throw new IllegalArgumentException(
          "sample rate is " + sampleRateHz + " Hz; expected 100 to 2000");
    }
    if (leads.isEmpty() || EnumSet.copyOf(leads).size() != leads.size()) {
      throw new IllegalArgumentException(
          "leads are " + leads + "; expected at least one, each once");
    }
    if (sampleCount.isPresent() && sampleCount.getAsLong() < 1) {
      throw new IllegalArgumentException(
          "sample count is " + sampleCount.getAsLong() + "; expected 1 or more");
    }
  }

  /** Leads MLII and V1 at 360 Hz, as most records of the MIT-BIH database, without end. */
  public static EcgSimulatorOptions of(RhythmProfile rhythm, long seed) {
    return new EcgSimulatorOptions(
        seed,
        360,
        List.of(EcgLead.MLII, EcgLead.V1),
        rhythm,
        EcgNoiseLevels.TYPICAL,
        OptionalLong.empty(),
        truth -> {});
  }

  /** These options with other leads. */
  public EcgSimulatorOptions withLeads(List<EcgLead> newLeads) {
    return new EcgSimulatorOptions(
        seed, sampleRateHz, newLeads, rhythm, noise, sampleCount, truthListener);
  }

  /** These options at another rate, Hz. */
  public EcgSimulatorOptions withSampleRate(double newRateHz) {
    return new EcgSimulatorOptions(
        seed, newRateHz, leads, rhythm, noise, sampleCount, truthListener);
  }

  /** These options with other noise. */
  public EcgSimulatorOptions withNoise(EcgNoiseLevels newNoise) {
    return new EcgSimulatorOptions(
        seed, sampleRateHz, leads, rhythm, newNoise, sampleCount, truthListener);
  }

  /** These options with an end. */
  public EcgSimulatorOptions withSampleCount(long newCount) {
    return new EcgSimulatorOptions(
        seed, sampleRateHz, leads, rhythm, noise, OptionalLong.of(newCount), truthListener);
  }

  /** These options with a listener. */
  public EcgSimulatorOptions withTruthListener(Consumer<RecordingAnnotation> newListener) {
    return new EcgSimulatorOptions(
        seed, sampleRateHz, leads, rhythm, noise, sampleCount, newListener);
  }
}
