package io.physiowave.training.prepare;

import io.physiowave.connectors.recording.MalformedRecordingException;
import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.recording.RecordingChannel;
import io.physiowave.core.card.ChannelMapping;
import io.physiowave.core.card.ModelChannel;
import java.util.List;

/**
 * The unit of the channels that feed the rows of a window; others, e.g. pressures, do not count.
 */
final class RowUnit {
  private RowUnit() {}

  /**
   * That unit.
   *
   * @param names of the recording's channels, as the rows are looked for by them
   * @param rows of a window; at least one is found
   * @throws MalformedRecordingException when the channels have different units
   */
  static String of(Recording recording, List<String> names, List<ModelChannel> rows)
      throws MalformedRecordingException {
    ChannelMapping mapping = ChannelMapping.of(rows, names);
    RecordingChannel first = null;
    for (int row = 0; row < mapping.rows(); row++) {
      if (mapping.source(row) == ChannelMapping.NONE) {
        continue;
      }
      RecordingChannel channel = recording.channels().get(mapping.source(row));
      if (first == null) {
        first = channel;
      } else if (!channel.unit().equals(first.unit())) {
        throw new MalformedRecordingException(
            "record "
                + recording.name()
                + ": channel "
                + channel.name()
                + " is in "
                + channel.unit()
                + " and "
                + first.name()
                + " in "
                + first.unit()
                + "; expected one unit for all that a window holds");
      }
    }
    return first == null ? recording.channels().get(0).unit() : first.unit();
  }
}
