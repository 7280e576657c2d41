package io.physiowave.connectors.recording.wfdb;

import io.physiowave.connectors.recording.DigitalScale;
import io.physiowave.connectors.recording.RecordingChannel;
import io.physiowave.core.frame.Modality;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a header's signals are called and what they are. */
final class WfdbChannels {
  private WfdbChannels() {}

  /** A channel for each signal; missing names are numbered, repeated ones told apart. */
  static List<RecordingChannel> of(List<WfdbSignal> signals) {
    List<RecordingChannel> channels = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (int i = 0; i < signals.size(); i++) {
      WfdbSignal signal = signals.get(i);
      String wanted = signal.description().isBlank() ? "signal " + i : signal.description();
      String name = wanted;
      for (int number = 2; !taken.add(name); number++) {
        name = wanted + " " + number;
      }
      channels.add(new RecordingChannel(name, signal.unit(), scale(signal)));
    }
    return channels;
  }

  private static Optional<DigitalScale> scale(WfdbSignal signal) {
    // The mean of several samples is no longer a digital value.
    boolean digital = signal.format().bits() <= Short.SIZE && signal.samplesPerFrame() == 1;
    return digital && signal.format() != SignalFormat.DIFFERENCE_8
        ? Optional.of(signal.scale())
        : Optional.empty();
  }

  /** EMG or EEG when a signal's name says so, otherwise ECG, which nearly all records are. */
  static Modality modality(List<WfdbSignal> signals) {
    for (WfdbSignal signal : signals) {
      String description = signal.description().toUpperCase(Locale.ROOT);
      for (Modality modality : List.of(Modality.EMG, Modality.EEG)) {
        if (description.startsWith(modality.name())) {
          return modality;
        }
      }
    }
    return Modality.ECG;
  }
}
