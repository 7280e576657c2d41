package io.physiowave.core.card;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which stream channel feeds each signal row of a model's input. */
public final class ChannelMapping {
  /** Marks a row that no channel feeds and that is therefore zero. */
  public static final int NONE = -1;

  private final int[] sources;

  private ChannelMapping(int[] sources) {
    this.sources = sources;
  }

  /**
   * Matches named channels first, then lets {@code "*"} rows take what is left, in order.
   *
   * @param rows the card's channels
   * @param streamChannels the stream's channel names in order
   * @throws ChannelMismatchException when a required row finds no channel
   */
  public static ChannelMapping of(List<ModelChannel> rows, List<String> streamChannels) {
    Map<String, Integer> positions = new HashMap<>();
    for (int i = 0; i < streamChannels.size(); i++) {
      positions.putIfAbsent(ModelChannel.folded(streamChannels.get(i)), i);
    }
    boolean[] taken = new boolean[streamChannels.size()];
    int[] sources = new int[rows.size()];
    Arrays.fill(sources, NONE);
    for (int row = 0; row < sources.length; row++) {
      for (String accepted : rows.get(row).accepts()) {
        Integer position = positions.get(ModelChannel.folded(accepted));
        if (position != null && !taken[position]) {
          take(sources, row, taken, position);
          break;
        }
      }
    }
    for (int row = 0; row < sources.length; row++) {
      if (sources[row] == NONE && rows.get(row).accepts().contains(ModelChannel.ANY)) {
        takeFirstFree(sources, row, taken);
      }
      if (sources[row] == NONE && rows.get(row).required()) {
        throw new ChannelMismatchException(
            "the stream's channels "
                + streamChannels
                + " have none for the model's channel '"
                + rows.get(row).name()
                + "'; expected one of "
                + rows.get(row).accepts());
      }
    }
    return new ChannelMapping(sources);
  }

  private static void takeFirstFree(int[] sources, int row, boolean[] taken) {
    for (int position = 0; position < taken.length; position++) {
      if (!taken[position]) {
        take(sources, row, taken, position);
        return;
      }
    }
  }

  private static void take(int[] sources, int row, boolean[] taken, int position) {
    sources[row] = position;
    taken[position] = true;
  }

  /** Rows of the model's input that carry signals. */
  public int rows() {
    return sources.length;
  }

  /** Position of the stream channel that feeds a row, or {@link #NONE}. */
  public int source(int row) {
    return sources[row];
  }
}
