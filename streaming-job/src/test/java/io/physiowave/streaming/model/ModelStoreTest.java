package io.physiowave.streaming.model;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelStoreTest {
  private static final Duration SOON = Duration.ofMillis(5);

  @TempDir Path directory;
  private Path folder;
  private ModelFile file;

  @BeforeEach
  void read() throws IOException {
    folder = directory.resolve("kept").resolve("models");
    file = ModelFile.read(TestModels.write(directory, TestModels.ecg()).toString());
  }

  /** Where renaming replaces, and where it does not. */
  private ModelStore store(String scheme) {
    return new ModelStore(
        scheme.equals("file") ? folder.toUri().toString() : TestFileSystem.address(folder));
  }

  private Path copy() {
    return folder.resolve(file.sha256() + ".onnx");
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private void assertHoldsTheCopyAlone() throws IOException {
    assertThat(files()).containsExactly(copy());
    assertThat(copy()).hasBinaryContent(file.bytes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "test-store"})
  void keepsAFileUnderItsHash(String scheme) throws Exception {
    ModelStore store = store(scheme);
    assertThat(store.holds(file.sha256())).isFalse();

    store.keep(file);

    assertThat(store.read(file.sha256()).bytes()).isEqualTo(file.bytes());
    assertThat(store.place(file.sha256())).endsWith("/" + file.sha256() + ".onnx");
    assertHoldsTheCopyAlone();
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "test-store"})
  void replacesACopyThatIsBroken(String scheme) throws Exception {
    byte[] broken = file.bytes().clone();
    broken[broken.length / 2] ^= 1;
    Files.createDirectories(folder);
    Files.write(copy(), broken);
    ModelStore store = store(scheme);
    assertThatThrownBy(() -> store.read(file.sha256()))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("expected " + file.sha256());

    store.keep(file);

    assertHoldsTheCopyAlone();
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "test-store"})
  void isWrittenByManyAtOnceWhoDoNoHarm(String scheme) throws Exception {
    int writers = 8;
    CyclicBarrier start = new CyclicBarrier(writers);
    ExecutorService processes = Executors.newFixedThreadPool(writers);
    try {
      List<Future<Boolean>> kept = new ArrayList<>();
      for (int i = 0; i < writers; i++) {
        Callable<Boolean> keep =
            () -> {
              ModelStore own = store(scheme);
              start.await();
              own.keep(file);
              return own.holds(file.sha256());
            };
        kept.add(processes.submit(keep));
      }
      for (Future<Boolean> one : kept) {
        assertThat(one.get()).isTrue();
      }
    } finally {
      processes.shutdownNow();
    }
    assertHoldsTheCopyAlone();
  }

  @Test
  void holdsNobodyUpWhenItCannotBeWrittenAndIsTriedAgain() throws Exception {
    Path inTheWay = Files.writeString(folder.getParent(), "a file", UTF_8);
    try (LoggedLines lines = LoggedLines.of(KeptCopy.class);
        KeptCopy copy = KeptCopy.start(store("file"), file, SOON)) {
      Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> !lines.texts().isEmpty());
      assertThat(lines.texts().get(0))
          .contains("no copy of " + file.location(), folder.toString(), inTheWay.toString());
      assertThat(copy.isMissing()).isTrue();

      Files.delete(inTheWay);

      Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> !copy.isMissing());
      assertHoldsTheCopyAlone();
    }
    LeftThreads.awaitEnd(directory.toString());
  }
}
