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

  /** Both leads are gone for two beats, one of them alone for two others. */
  @Test
  void beatsOfWhichNothingWasRecordedAreLeftOut() throws IOException {
    SmallRecords.mitdb(folder, "100", 24);
    SmallRecords.mitdb(folder, "114", 24);
    blank("100", 4, 6, 0, 1);
    blank("100", 12, 14, 1);
    DatasetDescription prepared = prepare(folder);
    assertThat(prepared.files().get("val").windows()).isEqualTo(24);
    assertThat(prepared.files().get("train").windows()).isEqualTo(22);
    assertThat(log)
        .anyMatch(line -> line.startsWith("record 100: 2 beats left out, of whose windows"));
  }

  /** Makes the samples around beats invalid, and forgets what they added up to. */
  private void blank(String name, int firstBeat, int endBeat, int... signals) throws IOException {
    Path data = folder.resolve(name + ".dat");
    byte[] bytes = Files.readAllBytes(data);
    for (int t = firstBeat * 300 - 150; t < endBeat * 300 - 150; t++) {
      int at = 3 * t;
      for (int signal : signals) {
        // 0x800, the upper four bits of the first in the lower half of the middle byte.
        bytes[at + 2 * signal] = 0;
        bytes[at + 1] =
            (byte) (signal == 0 ? (bytes[at + 1] & 0xf0) | 0x08 : (bytes[at + 1] & 0x0f) | 0x80);
      }
    }
    Files.write(data, bytes);
    Path header = folder.resolve(name + ".hea");
    Files.writeString(
        header, Files.readString(header).replaceAll("(?m)^(\\S+ 212 \\S+ \\S+ \\S+) .*$", "$1"));
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
