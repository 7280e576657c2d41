package io.physiowave.training.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class LastWindowTest {
  @Example
  void tenSecondsAreCutAsTheScriptsDo() {
    assertThat(LastWindow.A_HOP_AFTER_THE_LAST_FULL.starts(5000, 2048, 1024))
        .containsExactly(0, 1024, 2048, 3072);
    assertThat(LastWindow.AT_THE_LAST_HOP.starts(5000, 2048, 1024))
        .containsExactly(0, 1024, 2048, 4096);
    assertThat(LastWindow.AT_EVERY_HOP.starts(5000, 2048, 1024))
        .containsExactly(0, 1024, 2048, 3072, 4096);
  }

  @Example
  void shortRecordsGiveAFilledWindowOrNone() {
    assertThat(LastWindow.A_HOP_AFTER_THE_LAST_FULL.starts(1000, 2048, 1024)).containsExactly(0);
    assertThat(LastWindow.AT_THE_LAST_HOP.starts(1000, 2048, 1024)).isEmpty();
    assertThat(LastWindow.AT_EVERY_HOP.starts(1000, 2048, 1024)).isEmpty();
  }

  @Property
  void everyWindowStartsWithinTheRecordAtAMultipleOfTheHop(
      @ForAll LastWindow rule,
      @ForAll @IntRange(min = 1, max = 500) int length,
      @ForAll @IntRange(min = 1, max = 100) int window,
      @ForAll @IntRange(min = 1, max = 100) int hop) {
    int[] starts = rule.starts(length, window, Math.min(hop, window));
    assertThat(starts).isSorted().doesNotHaveDuplicates();
    for (int start : starts) {
      assertThat(start).isBetween(0, length - 1);
      assertThat(start % Math.min(hop, window)).isZero();
    }
    // No full window is lost.
    long full = Arrays.stream(starts).filter(start -> start + window <= length).count();
    assertThat(full).isEqualTo(length < window ? 0 : (length - window) / Math.min(hop, window) + 1);
  }
}
