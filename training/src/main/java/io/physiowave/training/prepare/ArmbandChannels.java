package io.physiowave.training.prepare;

import io.physiowave.core.card.ModelChannel;
import java.util.List;
import java.util.stream.IntStream;

/** The rows of windows of forearm electrodes. */
final class ArmbandChannels {
  private ArmbandChannels() {}

  /** So many electrodes, found in a stream by their name {@code channel1} ... or in order. */
  static List<ModelChannel> of(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(
            number ->
                new ModelChannel(
                    "channel" + number, List.of("channel" + number, ModelChannel.ANY), true))
        .toList();
  }
}
