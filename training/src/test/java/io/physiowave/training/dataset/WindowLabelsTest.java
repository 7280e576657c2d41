package io.physiowave.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.training.model.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  @Test
  void filesOfMarksServeATaskOfOneClass(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("marks.h5");
    try (WindowFileWriter writer = WindowFileWriter.create(file, 1, 4)) {
      writer.append(new float[4], new int[] {0, 1, 0}, 0);
      writer.append(new float[4], new int[] {0, 0, 1}, 0);
      writer.finish();
    }
    try (WindowSet windows = WindowSet.open(List.of(file))) {
      assertThat(WindowLabelling.forTask(Task.CLASSIFICATION, 3).of(windows))
          .isEqualTo(WindowLabels.classes(1, 2));
      assertThat(WindowLabelling.forTask(Task.MULTILABEL, 3).of(windows).isMultiLabel()).isTrue();
    }
  }
}
