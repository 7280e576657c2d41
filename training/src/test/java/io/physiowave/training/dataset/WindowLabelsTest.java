package io.physiowave.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WindowLabelsTest {
  @Test
  void oneMarkAWindowIsAClass() {
    WindowLabels marks = new WindowLabels(3, new int[] {0, 0, 1, 1, 0, 0});
    assertThat(marks.asClasses()).contains(WindowLabels.classes(2, 0));
  }

  @Test
  void noneOrSeveralMarksAreNoClass() {
    assertThat(new WindowLabels(2, new int[] {0, 1, 0, 0}).asClasses()).isEmpty();
    assertThat(new WindowLabels(2, new int[] {0, 1, 1, 1}).asClasses()).isEmpty();
  }

  @Test
  void classesStayClasses() {
    assertThat(WindowLabels.classes(4, 1).asClasses()).contains(WindowLabels.classes(4, 1));
  }
}
