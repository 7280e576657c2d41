package io.physiowave.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  private void refused(Path file, String why) {
    assertThatThrownBy(() -> AtomicFile.write(file, "text"))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(file + ": " + why);
  }

  @Test
  void whatALinkLeadsToIsReplacedAndTheLinkStays() throws IOException {
    Path kept = Files.createDirectory(folder.resolve("kept"));
    Files.writeString(kept.resolve("model"), "former");
    Path link = folder.resolve("link");
    Files.createSymbolicLink(link, Path.of("kept/model"));
    AtomicFile.write(link, "new");
    assertThat(link).isSymbolicLink();
    assertThat(kept.resolve("model")).hasContent("new");

    Path waiting = folder.resolve("waiting");
    Files.createSymbolicLink(waiting, Path.of("kept/later"));
    AtomicFile.write(waiting, "first");
    assertThat(kept.resolve("later")).hasContent("first");
  }

  @Test
  void aDirectoryIsRefused() throws IOException {
    Path directory = Files.createDirectory(folder.resolve("out"));
    refused(directory, "is a directory; expected the name of a file to write");
    refused(Path.of("/"), "is a directory");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aDirectoryThatIsNotThereIsNamed() throws IOException {
    refused(folder.resolve("none/file"), "there is no directory " + folder.resolve("none"));
    Path file = Files.writeString(folder.resolve("file"), "text");
    refused(file.resolve("below"), "there is no directory " + file);
  }

  @Test
  void aPipeIsNotReplaced() throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe");
    assumeTrue(Files.exists(Path.of("/dev/null")), "this system has no pipes in directories");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    refused(pipe, "is a device or a pipe");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(pipe);
    }
    assertThat(Files.isRegularFile(pipe)).isFalse();
  }

  @Test
  void aWriterThatFailsLeavesWhatWasThere() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "former");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write(1);
                      throw new IOException("the line broke");
                    }))
        .hasMessage(file + ": cannot be written: the line broke; what was there before is kept");
    assertThat(file).hasContent("former");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }
}
