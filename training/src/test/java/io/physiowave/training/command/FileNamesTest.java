package io.physiowave.training.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileNamesTest {
  @Test
  void areSeparatedByCommasOrBlanks() {
    assertThat(FileNames.in("a.h5,b.h5 c.h5, d.h5 ,"))
        .containsExactly("a.h5", "b.h5", "c.h5", "d.h5");
  }

  @Test
  void keepTheBlanksOfAFileThatExists(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("of patient 7.h5"));
    assertThat(FileNames.in(file + ",b.h5")).containsExactly(file.toString(), "b.h5");
  }

  @Test
  void areToldWhenGivenTwice() {
    Map<String, Collection<Path>> files = new LinkedHashMap<>();
    files.put("--train_file", List.of(Path.of("a.h5"), Path.of("b.h5"), Path.of("./a.h5")));
    files.put("--val_file", List.of(Path.of("v.h5"), Path.of("b.h5")));
    assertThat(FileNames.repeated(files))
        .containsExactly(
            "--train_file: ./a.h5 is given twice, so its windows count twice",
            "--val_file: b.h5 is of --train_file too, so its figures say nothing about other"
                + " windows");
  }
}
