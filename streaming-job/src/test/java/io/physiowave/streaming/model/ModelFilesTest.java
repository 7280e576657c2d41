package io.physiowave.streaming.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.streaming.testing.LeftThreads;
import io.physiowave.streaming.testing.LoggedLines;
import io.physiowave.streaming.testing.TestFileSystem;
import io.physiowave.streaming.testing.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model at its address, as a copy in the store, and what is wrong with either. */
class ModelFilesTest {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final Duration SHORT = Duration.ofMillis(50);

  @TempDir Path directory;
  private Path original;
  private String location;
  private String sha256;
  private byte[] content;
  private ModelStore store;
  private Path copy;
  private LoggedLines lines;

  @BeforeEach
  void write() throws IOException {
    original = TestModels.write(directory, TestModels.ecg());
    location = TestFileSystem.address(original);
    ModelFile file = ModelFile.read(location);
    sha256 = file.sha256();
    content = file.bytes();
    store = new ModelStore(TestFileSystem.address(directory.resolve("store")));
    copy = directory.resolve("store").resolve(sha256 + ".onnx");
    store.keep(file);
    lines = LoggedLines.of(ModelFiles.class);
  }

  @AfterEach
  void stop() {
    lines.close();
    LeftThreads.awaitEnd(directory.toString());
  }

  private ModelFiles files() {
    return new ModelFiles(Optional.of(store), LONG, LONG);
  }

  private static void spoil(Path file) throws IOException {
    Files.writeString(file, "something else");
  }

  private void assertSays(String... parts) {
    assertThat(lines.texts()).singleElement().asString().contains(parts);
  }

  @Nested
  class ToServe {
    @Test
    void comeFromTheStoreWhateverBecameOfTheAddress() throws Exception {
      Files.delete(original);
      assertThat(files().read(location, sha256).bytes()).isEqualTo(content);

      spoil(original);
      assertThat(files().read(location, sha256).bytes()).isEqualTo(content);

      try (TestFileSystem.Held hanging = TestFileSystem.hold(original)) {
        assertThat(files().read(location, sha256).bytes()).isEqualTo(content);
        assertThat(hanging.isAwaited()).isFalse();
      }
      assertThat(lines.texts()).isEmpty();
    }

    @Test
    void areKeptWhenTheStoreHasNoneYet() throws Exception {
      Files.delete(copy);

      ModelFiles.Found found = files().read(location, sha256);

      assertThat(found.bytes()).isEqualTo(content);
      assertThat(copy).doesNotExist();
      assertKeeps(found);
      assertThat(lines.texts()).isEmpty();
    }

    @Test
    void comeFromTheAddressWhenTheCopyIsSomethingElseAndTheCopyIsMended() throws Exception {
      spoil(copy);

      ModelFiles.Found found = files().read(location, sha256);

      assertThat(found.bytes()).isEqualTo(content);
      assertSays(copy.toString(), "expected " + sha256, "the model is read from " + location);
      assertKeeps(found);
    }

    @Test
    void comeFromTheAddressWhenTheStoreHangs() throws Exception {
      TestFileSystem.Held hanging = TestFileSystem.hold(copy);
      try {
        ModelFiles.Found found =
            new ModelFiles(Optional.of(store), SHORT, LONG).read(location, sha256);

        assertThat(found.bytes()).isEqualTo(content);
      } finally {
        hanging.close();
      }
      assertSays(copy.toString(), "no answer within 50 ms", location);
    }

    @Test
    void nameBothPlacesWhenNeitherHasThem() throws Exception {
      Files.delete(original);
      spoil(copy);

      assertThatThrownBy(() -> files().read(location, sha256))
          .isInstanceOf(ModelRefusedException.class)
          .hasMessageStartingWith(location + ": no such model file; and no copy of it can be used")
          .hasMessageContaining(copy.toString())
          .hasMessageContaining("expected " + sha256);
    }

    @Test
    void comeFromTheAddressAloneWithoutAStore() throws Exception {
      assertThat(ModelFiles.with("").read(location, sha256).bytes()).isEqualTo(content);

      Files.delete(original);

      assertThatThrownBy(() -> ModelFiles.with("").read(location, sha256))
          .hasMessage(location + ": no such model file");
    }

    private void assertKeeps(ModelFiles.Found found) {
      try (KeptCopy kept = found.keep()) {
        Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> !kept.isMissing());
      }
      assertThat(copy).hasBinaryContent(content);
    }
  }

  @Nested
  class Announced {
    @Test
    void areReadAtTheirAddressWhichIsNamedWhenItIsWrong() throws Exception {
      assertThat(files().readAnnounced(location, sha256).bytes()).isEqualTo(content);
      assertThat(lines.texts()).isEmpty();

      spoil(original);

      assertThat(files().readAnnounced(location, sha256).bytes()).isEqualTo(content);
      assertSays(location + ": the file's SHA-256 is ", "its copy", copy.toString(), "is used");
    }

    @Test
    void areTakenFromTheCopyWhenTheAddressHangs() throws Exception {
      TestFileSystem.Held hanging = TestFileSystem.hold(original);
      try {
        ModelFile file =
            new ModelFiles(Optional.of(store), LONG, SHORT).readAnnounced(location, sha256);

        assertThat(file.bytes()).isEqualTo(content);
      } finally {
        hanging.close();
      }
      assertSays(location, "no answer within 50 ms", "its copy", copy.toString(), "is used");
    }

    @Test
    void areTakenFromTheCopyWhenTheAddressIsGone() throws Exception {
      Files.delete(original);

      ModelFile file = files().readAnnounced(location, sha256);

      assertThat(file.bytes()).isEqualTo(content);
      // As the record says, since that is what the job's state says, too.
      assertThat(file.location()).isEqualTo(location);
      assertSays(location + ": no such model file", "its copy", copy.toString(), "is used");
    }

    @Test
    void areRefusedWhenTheAddressIsWrongAndTheJobNeverHadThem() throws Exception {
      Files.delete(copy);
      spoil(original);

      assertThatThrownBy(() -> files().readAnnounced(location, sha256))
          .isInstanceOf(ModelRefusedException.class)
          .hasMessageStartingWith(location + ": the file's SHA-256 is ")
          .hasMessageContaining(copy + ": no such model file");
    }
  }
}
