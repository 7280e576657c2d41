package io.physiowave.training.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparationJournalTest {
  private static final Map<String, String> HEAD = Map.of("--window", "64");

  @TempDir Path folder;

  private static JournalEntry entry(String item) {
    return new JournalEntry(
        item,
        Map.of("train", new JournalEntry.Added(3, 0, List.of(1L, 2L), List.of(item))),
        Map.of(item + ".dat", "00"),
        null);
  }

  private PreparationJournal open(boolean anew) throws IOException {
    return PreparationJournal.open(folder, HEAD, anew);
  }

  @Test
  void entriesComeBackInOrderAndMoreFollow() throws IOException {
    try (PreparationJournal journal = open(false)) {
      assertThat(journal.next()).isEmpty();
      journal.append(entry("a"));
      journal.append(entry("\u00e9"));
      journal.sync();
    }
    try (PreparationJournal journal = open(false)) {
      assertThat(journal.next()).contains(entry("a"));
      assertThat(journal.next()).contains(entry("\u00e9"));
      assertThat(journal.next()).isEmpty();
      journal.append(entry("c"));
      journal.sync();
    }
    assertThat(Files.readAllLines(folder.resolve(PreparationJournal.FILE_NAME))).hasSize(4);
  }

  @Test
  void whatWasNotSyncedIsNotThere() throws IOException {
    try (PreparationJournal journal = open(false)) {
      journal.append(entry("a"));
      journal.sync();
      journal.append(entry("b"));
    }
    try (PreparationJournal journal = open(false)) {
      assertThat(journal.next()).contains(entry("a"));
      assertThat(journal.next()).isEmpty();
    }
  }

  @Test
  void oneProcessWritesAtATime() throws IOException {
    try (PreparationJournal journal = open(false)) {
      assertThat(journal.next()).isEmpty();
      assertThatThrownBy(() -> open(false))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("preparation.journal: another process prepares into this folder");
    }
  }

  @Test
  void beginningAnewForgets() throws IOException {
    try (PreparationJournal journal = open(false)) {
      journal.append(entry("a"));
      journal.sync();
    }
    try (PreparationJournal journal = open(true)) {
      assertThat(journal.next()).isEmpty();
    }
  }
}
