package io.physiowave.streaming.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.frame.RejectionReason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code docs/job.md} says what the code has. */
class JobDocumentationTest {
  private String page;

  @BeforeEach
  void read() throws Exception {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(root.resolve(".mvn"))) {
      root = root.getParent();
    }
    page = Files.readString(root.resolve("docs/job.md"));
  }

  @Test
  void everyOptionIsListedWithItsFlagAndDefault() {
    assertThat(JobSettings.ALL)
        .allSatisfy(
            setting -> {
              String row =
                  page.lines()
                      .filter(line -> line.startsWith("| `" + setting.key() + "` |"))
                      .findFirst()
                      .orElse("");
              assertThat(row).as(setting.key()).contains("`" + setting.flag() + "`");
              if (!setting.defaultText().isEmpty() && !setting.key().equals("models")) {
                assertThat(row).contains("| `" + setting.defaultText() + "` |");
              }
            });
  }

  @Test
  void noOptionIsListedThatDoesNotExist() {
    Stream<String> listed =
        page.lines().filter(line -> line.matches("\\| `[a-z.-]+` \\| `--.*")).map(this::key);

    assertThat(listed).isSubsetOf(JobSettings.ALL.stream().map(Setting::key).toList());
  }

  private String key(String row) {
    return row.split("`", -1)[1];
  }

  @Test
  void everyDefaultHasItsReason() {
    List<String> reasons =
        page.lines()
            .dropWhile(line -> !line.equals("### Why these defaults"))
            .takeWhile(line -> !line.startsWith("## "))
            .toList();

    assertThat(JobSettings.ALL)
        .filteredOn(setting -> !setting.defaultText().isEmpty())
        .allSatisfy(
            setting ->
                assertThat(reasons).anyMatch(line -> line.contains("`" + setting.key() + "`")));
  }

  @Test
  void everyReasonOfRejectionIsNamed() {
    assertThat(RejectionReason.values())
        .allSatisfy(reason -> assertThat(page).contains("`" + reason.code() + "`"));
  }
}
