package io.physiowave.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EpochOrderTest {
  @Property(tries = 50)
  void shuffledShowsEveryWindowOnce(
      @ForAll @IntRange(min = 1, max = 200) int count, @ForAll long seed) {
    int[] order = EpochOrder.shuffled(count, seed).windows(3);
    assertThat(Arrays.stream(order).sorted().toArray())
        .isEqualTo(IntStream.range(0, count).toArray());
  }

  @Test
  void anOrderFollowsFromSeedAndEpochAlone() {
    EpochOrder once = EpochOrder.shuffled(100, 7);
    EpochOrder again = EpochOrder.shuffled(100, 7);
    once.windows(0);
    assertThat(once.windows(4)).isEqualTo(again.windows(4)).isNotEqualTo(again.windows(5));
  }

  private static final int[] GROUPS = new int[1000];
  private static final WindowLabels LABELS = labels();

  /** 900 windows of class 0, half in group 0, and 100 of class 1, ten of them in group 1. */
  private static WindowLabels labels() {
    int[] classes = new int[1000];
    for (int i = 900; i < 1000; i++) {
      classes[i] = 1;
      GROUPS[i] = i < 910 ? 1 : 2;
    }
    return WindowLabels.classes(classes);
  }

  private static long[] drawn(SamplingOptions sampling) {
    int[] order = EpochOrder.drawn(LABELS, GROUPS, 2, sampling, 1).windows(0);
    long ofFirst = Arrays.stream(order).filter(window -> window < 900).count();
    long ofSmallGroup =
        Arrays.stream(order).filter(window -> window >= 900 && window < 910).count();
    return new long[] {order.length, ofFirst, ofSmallGroup};
  }

  @Test
  void powerZeroBalancesClassesAndGroups() {
    long[] drawn = drawn(new SamplingOptions(0, 0, 4000));
    assertThat(drawn[0]).isEqualTo(4000);
    assertThat(drawn[1]).isBetween(1850L, 2150L);
    assertThat(drawn[2]).isBetween(880L, 1120L);
  }

  @Test
  void powerOneKeepsTheirShares() {
    long[] drawn = drawn(new SamplingOptions(1, 1, 4000));
    assertThat(drawn[1]).isBetween(3500L, 3700L);
    assertThat(drawn[2]).isBetween(20L, 65L);
  }

  @Test
  void windowsOfADeckAreShownEquallyOften() {
    int[] order =
        EpochOrder.drawn(LABELS, new int[1000], 2, new SamplingOptions(0, 1, 1000), 1).windows(0);
    int[] times = new int[100];
    Arrays.stream(order).filter(window -> window >= 900).forEach(window -> times[window - 900]++);
    int least = Arrays.stream(times).min().orElseThrow();
    assertThat(Arrays.stream(times).max().orElseThrow()).isLessThanOrEqualTo(least + 1);
  }
}
