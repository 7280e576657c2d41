package io.physiowave.quickstart.gateway;

import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.replay.FrameSink;
import io.physiowave.connectors.replay.ReplayOptions;
import io.physiowave.connectors.simulate.EcgSimulator;
import io.physiowave.connectors.simulate.EcgSimulatorOptions;
import io.physiowave.connectors.simulate.EmgSimulator;
import io.physiowave.connectors.simulate.EmgSimulatorOptions;
import io.physiowave.connectors.simulate.RhythmProfile;
import java.util.ArrayList;
import java.util.List;

/**
 * Simulated patients and arms, each different, all from one seed.
 *
 * @param ecgStreams patients with an ECG recorder, 0 to 1000: {@code ecg-1}, {@code ecg-2}, ...
 * @param emgStreams arms with an armband, 0 to 1000: {@code emg-1}, {@code emg-2}, ...
 * @param seed same seed, same samples
 * @param speed seconds of signal per second
 */
public record SimulatedGateways(int ecgStreams, int emgStreams, long seed, double speed) {
  /** What the patients have, in turn; heart rates differ besides. */
  private static final List<RhythmProfile> RHYTHMS =
      List.of(RhythmProfile.SINUS, RhythmProfile.ECTOPIC, RhythmProfile.FIBRILLATION);

  private static final int MAXIMUM = 1_000;
  private static final long SEED_STEP = 1_000_003;

  public SimulatedGateways {
    requireCount("--ecg-streams", ecgStreams);
    requireCount("--emg-streams", emgStreams);
    if (ecgStreams + emgStreams == 0) {
      throw new IllegalArgumentException(
          "--ecg-streams and --emg-streams are both 0; expected at least one stream");
    }
  }

  private static void requireCount(String flag, int count) {
    if (count < 0 || count > MAXIMUM) {
      throw new IllegalArgumentException(flag + " is " + count + "; expected 0 to " + MAXIMUM);
    }
  }

  /**
   * Prepares the gateways.
   *
   * @param session names the session of every stream
   * @param sink where the frames go
   */
  public List<Gateway> open(String session, FrameSink sink) {
    List<Gateway> gateways = new ArrayList<>();
    for (int i = 0; i < ecgStreams; i++) {
      RhythmProfile rhythm = RHYTHMS.get(i % RHYTHMS.size());
      RhythmProfile own = rhythm.withHeartRate(rhythm.heartRate() + (i / RHYTHMS.size()) % 5 * 4);
      gateways.add(
          gateway(
              new EcgSimulator(EcgSimulatorOptions.of(own, seed + i)),
              "ecg-" + (i + 1),
              session,
              sink));
    }
    for (int i = 0; i < emgStreams; i++) {
      gateways.add(
          gateway(
              new EmgSimulator(EmgSimulatorOptions.of(seed + SEED_STEP * (i + 1))),
              "emg-" + (i + 1),
              session,
              sink));
    }
    return gateways;
  }

  private Gateway gateway(Recording simulator, String stream, String session, FrameSink sink) {
    return new Gateway(simulator, ReplayOptions.of(stream, session).withSpeed(speed), sink);
  }
}
