package io.physiowave.core.card;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** How windows are cut from a stream, in samples at the model's rate. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Windowing.Sliding.class, name = "sliding"),
  @JsonSubTypes.Type(value = Windowing.BeatCentred.class, name = "beat-centred")
})
public sealed interface Windowing {

  /** Length of a window, samples at the model's rate. */
  int windowSamples();

  /**
   * A window every hop.
   *
   * @param windowSamples length, more than 0
   * @param hopSamples distance between starts, 1 to windowSamples
   */
  record Sliding(int windowSamples, int hopSamples) implements Windowing {
    public Sliding {
      requireLength(windowSamples);
      if (hopSamples < 1 || hopSamples > windowSamples) {
        throw new InvalidModelCardException(
            "windowing: hopSamples is " + hopSamples + "; expected 1 to " + windowSamples);
      }
    }
  }

  /**
   * A window around each detected beat, with rhythm context in an extra last input row.
   *
   * @param windowSamples length, more than 0
   * @param samplesBefore samples before the R peak, 0 to windowSamples - 1
   * @param context rhythm features in order, laid out as equal piecewise-constant segments of the
   *     last input row; empty when the model takes no context row
   */
  record BeatCentred(int windowSamples, int samplesBefore, List<String> context)
      implements Windowing {
    public BeatCentred {
      requireLength(windowSamples);
      if (samplesBefore < 0 || samplesBefore >= windowSamples) {
        throw new InvalidModelCardException(
            "windowing: samplesBefore is "
                + samplesBefore
                + "; expected 0 to "
                + (windowSamples - 1));
      }
      context = context == null ? List.of() : List.copyOf(context);
    }
  }

  private static void requireLength(int windowSamples) {
    if (windowSamples < 1 || windowSamples > 1_000_000) {
      throw new InvalidModelCardException(
          "windowing: windowSamples is " + windowSamples + "; expected 1 to 1000000");
    }
  }
}
