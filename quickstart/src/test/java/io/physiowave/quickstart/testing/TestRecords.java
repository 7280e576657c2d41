package io.physiowave.quickstart.testing;

import io.physiowave.connectors.recording.RecordingAnnotation;
import io.physiowave.connectors.recording.wfdb.SignalFormat;
import io.physiowave.connectors.recording.wfdb.WfdbOutput;
import io.physiowave.connectors.recording.wfdb.WfdbRecordWriter;
import io.physiowave.connectors.simulate.EcgLead;
import io.physiowave.connectors.simulate.EcgSimulator;
import io.physiowave.connectors.simulate.EcgSimulatorOptions;
import io.physiowave.connectors.simulate.RhythmProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** WFDB records written for a test. */
public final class TestRecords {
  /** Samples per second of every record. */
  public static final double RATE_HZ = 360;

  private TestRecords() {}

  /**
   * Writes a simulated ECG.
   *
   * @param seconds its length
   * @return what is true of it
   */
  public static List<RecordingAnnotation> ecg(
      Path directory, String name, int seconds, EcgLead... leads) throws IOException {
    EcgSimulator simulator =
        new EcgSimulator(EcgSimulatorOptions.of(RhythmProfile.SINUS, 5).withLeads(List.of(leads)));
    WfdbOutput output =
        new WfdbOutput(
            name,
            RATE_HZ,
            Optional.empty(),
            SignalFormat.PACKED_12,
            simulator.channels().stream()
                .map(channel -> WfdbOutput.Signal.of(channel, 200))
                .toList(),
            List.of());
    try (WfdbRecordWriter writer = WfdbRecordWriter.create(directory, output)) {
      float[][] second = new float[leads.length][(int) RATE_HZ];
      for (int i = 0; i < seconds; i++) {
        simulator.read(second, 0, second[0].length);
        writer.append(second, 0, second[0].length);
      }
    }
    return simulator.annotations();
  }
}
