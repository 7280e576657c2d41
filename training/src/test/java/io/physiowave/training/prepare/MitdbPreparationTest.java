package io.physiowave.training.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.training.dataset.DatasetDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MitdbPreparationTest {
  @TempDir Path folder;
  private final List<String> log = new ArrayList<>();

  /** As PhysioNet's zip unpacks: with the excerpts, of the same patients, in a folder beside. */
  @Test
  void noBeatOfAValidationRecordTrains() throws IOException {
    Path published = folder.resolve("mit-bih-arrhythmia-database-1.0.0");
    SmallRecords.mitdb(published, "100", 24);
    SmallRecords.mitdb(published, "114", 24);
    SmallRecords.mitdb(published, "102", 24);
    SmallRecords.mitdb(published.resolve("x_mitdb"), "x_114", 12);
    for (Path input : List.of(published, folder)) {
      Map<String, DatasetDescription.Part> parts = prepare(input).files();
      assertThat(parts.keySet()).containsExactlyInAnyOrder("train", "val");
      assertThat(parts.get("train").groups()).containsExactly("100");
      assertThat(parts.get("val").groups()).containsExactly("114");
    }
  }

  @Test
  void aPartThatOnlyAFormerSplitHadIsNamed() throws IOException {
    SmallRecords.mitdb(folder, "100", 24);
    SmallRecords.mitdb(folder, "114", 24);
    prepare(folder);
    assertThat(log).noneMatch(line -> line.contains("former preparation"));
    Files.delete(folder.resolve("114.hea"));
    SmallRecords.mitdb(folder, "101", 24);
    prepare(folder, Set.of());
    assertThat(log)
        .anyMatch(
            line ->
                line.startsWith(folder.resolve("prepared/val.h5") + ": of a former preparation"));
  }

  private DatasetDescription prepare(Path input) throws IOException {
    return prepare(input, Set.of("114"));
  }

  private DatasetDescription prepare(Path input, Set<String> validation) throws IOException {
    PrepareOptions options =
        new PrepareOptions(
            input,
            folder.resolve("prepared"),
            90,
            64,
            4,
            List.of(),
            validation,
            true,
            Set.of(),
            Map.of(),
            new PrepareOptions.Handling(true, false, false));
    return new MitdbPreparation(options, 24, List.of(), log::add).run();
  }
}
