package io.physiowave.connectors.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.physiowave.connectors.command.FailureMessage;
import io.physiowave.connectors.recording.wfdb.AnnotationWriter;
import io.physiowave.connectors.recording.wfdb.WfdbAnnotations;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
  /** Takes no byte, as a disk that is full. */
  private static final Path FULL = Path.of("/dev/full");

  @TempDir private Path directory;

  @Test
  void holdsWhatWasWrittenLast() throws Exception {
    Path file = directory.resolve("labels.json");
    OutputFile.write(file, "a longer text");
    OutputFile.write(file, "größer");
    assertThat(file).hasContent("größer");
    try (OutputStream out = OutputFile.open(file)) {
      out.write('x');
      out.write(new byte[] {'y', 'z'});
    }
    assertThat(file).hasContent("xyz");
  }

  @Test
  void namesTheFileWhenTheDiskIsFull() throws Exception {
    assumeTrue(Files.exists(FULL), "this system has no /dev/full");
    Path file = Files.createSymbolicLink(directory.resolve("208.atr"), FULL);
    assertThatThrownBy(
            () ->
                AnnotationWriter.write(
                    file, new WfdbAnnotations(List.of(), OptionalDouble.empty())))
        .isInstanceOf(FileSystemException.class)
        .satisfies(
            failure ->
                assertThat(FailureMessage.of(failure))
                    .isEqualTo(file + ": No space left on device"));
  }

  @Test
  void leavesWhatTheSystemSaysOfAFolderThatIsNotThere() {
    assertThatThrownBy(() -> OutputFile.write(directory.resolve("none/a.txt"), ""))
        .isInstanceOf(NoSuchFileException.class);
  }
}
