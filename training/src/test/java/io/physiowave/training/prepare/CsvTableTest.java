package io.physiowave.training.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.connectors.recording.MalformedRecordingException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {
  @TempDir Path folder;

  private Path table(String text, Charset charset) throws IOException {
    return Files.write(folder.resolve("table.csv"), text.getBytes(charset));
  }

  private static List<String> names(Path file) throws IOException {
    List<String> names = new ArrayList<>();
    try (CsvTable table = CsvTable.open(file, "name")) {
      table.forEach(row -> names.add(row.text("name")));
    }
    return names;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name,age\nAda,1\nBo,2\n",
        "\uFEFFname,age\nAda,1\nBo,2",
        "name,age\r\nAda,1\r\nBo,2\r\n",
        "age,\"name\"\n1,\"Ada\"\n2,Bo\n"
      })
  void isReadHoweverItsProgramWroteIt(String text) throws IOException {
    assertThat(names(table(text, StandardCharsets.UTF_8))).containsExactly("Ada", "Bo");
  }

  @Test
  void mayHaveColumnsWithoutAName() throws IOException {
    Path file = table("\uFEFF,name\n7,Ada\n", StandardCharsets.UTF_8);
    try (CsvTable table = CsvTable.open(file, "", "name")) {
      assertThat(table.iterator().next().text("")).isEqualTo("7");
    }
  }

  @Test
  void withOtherSeparatorsIsRefusedWithItsColumns() throws IOException {
    Path file = table("name;age\nAda;1\n", StandardCharsets.UTF_8);
    assertThatThrownBy(() -> names(file))
        .isInstanceOf(MalformedRecordingException.class)
        .hasMessageContaining(
            "table.csv: has no column 'name'; its columns, separated by commas, are [name;age]");
  }

  @Test
  void inAnotherEncodingIsNamed() throws IOException {
    Path header = table("name,\u00e4ge\nAda,1\n", StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> names(header))
        .isInstanceOf(MalformedRecordingException.class)
        .hasMessageContaining("table.csv: is no UTF-8 text");
  }
}
