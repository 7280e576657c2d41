package io.physiowave.cluster.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterFolderTest {
  @Test
  void flink_finds_a_directory_whose_name_holds_blanks_and_percents(@TempDir Path directory)
      throws Exception {
    Path made = Files.createDirectories(directory.resolve("a cluster at 100%25 of é"));
    org.apache.flink.core.fs.Path path =
        new org.apache.flink.core.fs.Path(ClusterFolder.forFlink(made));

    assertThat(path.getFileSystem().getFileStatus(path).isDir()).isTrue();
    assertThat(Path.of(path.getPath())).isEqualTo(made);
  }

  @Test
  void says_so_when_its_disk_is_full(@TempDir Path directory) {
    ClusterFolder folder = new ClusterFolder(directory);

    assertThat(folder.shortage(40_960))
        .isEqualTo("; the disk of " + folder.root() + " has 40 kB left");
    assertThat(folder.shortage(1L << 30)).isEmpty();
  }
}
