package io.physiowave.training.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.training.dataset.FileHash;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SourceHashesTest {
  private static final String HASH = "ab".repeat(32);

  @Test
  void areListedOneByOne() {
    SourceHashes hashes = new SourceHashes();
    hashes.add(Map.of("b.dat", HASH));
    hashes.add(Map.of("a.dat", HASH));
    assertThat(hashes.finish()).containsOnlyKeys("a.dat", "b.dat");
  }

  @Test
  void ofVeryManyFilesOneStandsForADirectory() {
    SourceHashes hashes = new SourceHashes();
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i <= SourceHashes.LISTED; i++) {
      String name = "files/p1000/p" + i + "/s1.dat";
      hashes.add(Map.of(name, HASH));
      lines.append(HASH).append("  ").append(name).append('\n');
    }
    hashes.add(Map.of("files/p1001/p1/s1.dat", HASH));
    hashes.add(Map.of("record_list.csv", HASH));
    assertThat(hashes.finish())
        .containsOnlyKeys("*", "files/p1000/*", "files/p1001/*")
        .containsEntry(
            "files/p1000/*", FileHash.sha256(lines.toString().getBytes(StandardCharsets.UTF_8)));
  }
}
