package io.physiowave.quickstart.gateway;

import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.recording.RecordingChannel;
import io.physiowave.connectors.recording.RecordingException;
import io.physiowave.connectors.recording.RecordingOptions;
import io.physiowave.connectors.recording.RecordingSource;
import io.physiowave.connectors.recording.formats.RecordingFormats;
import io.physiowave.connectors.replay.FrameSink;
import io.physiowave.connectors.replay.ReplayOptions;
import io.physiowave.core.frame.SignalFrame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Recordings as gateways, one stream each, named after the recording.
 *
 * @param paths see {@link RecordingFormats}; at least one
 * @param options which recordings of a collection, and how to read them
 * @param speed seconds of signal per second; {@link ReplayOptions#UNLIMITED} for as fast as
 *     possible
 */
public record RecordedGateways(List<Path> paths, RecordingOptions options, double speed) {
  /** Recordings played side by side at most. */
  public static final int MAXIMUM = 64;

  /** The same for every replay, so that a replay repeats the labels' identities. */
  private static final String SESSION = "recording";

  public RecordedGateways {
    paths = List.copyOf(paths);
  }

  /**
   * Opens the recordings, so that a damaged header is found before anything starts.
   *
   * @return one at least
   * @throws RecordingException when one is missing, damaged or of an unknown format
   */
  public List<Recording> open() throws IOException {
    List<RecordingSource> sources = new ArrayList<>();
    for (Path path : paths) {
      sources.addAll(RecordingFormats.list(path, options));
    }
    if (sources.size() > MAXIMUM) {
      throw new RecordingException(
          paths
              + ": "
              + sources.size()
              + " recordings; at most "
              + MAXIMUM
              + " are played at once, so choose one with --subject");
    }
    List<Recording> recordings = new ArrayList<>();
    try {
      for (RecordingSource source : sources) {
        recordings.add(source.open());
      }
    } catch (IOException | RuntimeException e) {
      closeAll(recordings, e);
      throw e;
    }
    return recordings;
  }

  private static void closeAll(List<Recording> recordings, Exception failure) {
    for (Recording recording : recordings) {
      try {
        recording.close();
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
  }

  /**
   * Prepares a gateway for each recording.
   *
   * @param recordings from {@link #open()}
   * @param sink where the frames go
   */
  public List<Gateway> gateways(List<Recording> recordings, FrameSink sink) {
    List<Gateway> gateways = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (Recording recording : recordings) {
      String stream = recording.name();
      for (int copy = 2; !taken.add(stream); copy++) {
        stream = recording.name() + "-" + copy;
      }
      gateways.add(
          new Gateway(
              recording,
              ReplayOptions.of(stream, SESSION)
                  .withSpeed(speed)
                  .withChannels(voltages(recording.channels())),
              sink));
    }
    return gateways;
  }

  /** Frames carry voltages; what else a recorder wrote down (pressure, breath) stays behind. */
  private static List<String> voltages(List<RecordingChannel> channels) {
    return channels.stream()
        .filter(channel -> SignalFrame.UNITS.contains(channel.unit()))
        .map(RecordingChannel::name)
        .toList();
  }
}
