package io.physiowave.training.prepare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The list of what was prepared so far, one JSON object a line, so that an interrupted preparation
 * goes on. The first line says what is prepared: going on with other options or another input is
 * refused. A line that was cut off counts as not written.
 */
final class PreparationJournal implements AutoCloseable {
  /** The file's name beside the files that are prepared. */
  static final String FILE_NAME = "preparation.journal";

  private static final ObjectMapper MAPPER = JsonMapper.builder().build();

  private final Path file;
  private final FileChannel channel;
  private final BufferedReader reader;
  private final StringBuilder pending = new StringBuilder();
  private boolean fresh;
  private long position;

  private PreparationJournal(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
    this.reader = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
  }

  /**
   * Opens the journal of a folder, or begins it.
   *
   * @param head what is prepared: options, input and code, each as text
   * @param anew whether to forget what a former run did
   * @throws IOException if another process prepares into the folder, or a journal of another head
   *     is there
   */
  static PreparationJournal open(Path folder, Map<String, String> head, boolean anew)
      throws IOException {
    Path file = folder.resolve(FILE_NAME);
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      lock(channel, file);
      if (anew) {
        channel.truncate(0);
      }
      PreparationJournal journal = new PreparationJournal(file, channel);
      Optional<String> first = journal.nextLine();
      if (first.isEmpty()) {
        journal.cutHere();
        journal.fresh = true;
        journal.pending.append(MAPPER.writeValueAsString(new TreeMap<>(head))).append('\n');
      } else {
        journal.requireSame(first.get(), head);
      }
      return journal;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void lock(FileChannel channel, Path file) throws IOException {
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Another thread of this process has it.
    }
    if (lock == null) {
      throw new IOException(file + ": another process prepares into this folder; wait for it");
    }
  }

  private void requireSame(String line, Map<String, String> head) throws IOException {
    Map<?, ?> begun = MAPPER.readValue(line, Map.class);
    for (String key : new TreeMap<>(head).keySet()) {
      String was = String.valueOf(begun.get(key));
      if (!was.equals(head.get(key))) {
        throw new IOException(
            file
                + ": a preparation was begun here with "
                + key
                + " '"
                + was
                + "', now it is '"
                + head.get(key)
                + "'; expected the same to go on, or --restart to begin anew");
      }
    }
  }

  /** The next entry of the former run; after the last one, new entries can be appended. */
  Optional<JournalEntry> next() throws IOException {
    Optional<String> line = fresh ? Optional.empty() : nextLine();
    if (line.isEmpty()) {
      cutHere();
      return Optional.empty();
    }
    try {
      return Optional.of(MAPPER.readValue(line.get(), JournalEntry.class));
    } catch (JsonProcessingException e) {
      throw new IOException(
          file + ": byte " + position + " is not an entry; use --restart to begin anew", e);
    }
  }

  /** A line that ends in a line feed; what follows the last one was cut off by a crash. */
  private Optional<String> nextLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int character = reader.read(); character >= 0; character = reader.read()) {
      if (character == '\n') {
        String text = line.toString();
        position += text.getBytes(StandardCharsets.UTF_8).length + 1;
        return Optional.of(text);
      }
      line.append((char) character);
    }
    return Optional.empty();
  }

  private void cutHere() throws IOException {
    channel.truncate(position);
    channel.position(position);
  }

  /** Adds an entry, which lasts from the next {@link #sync} on. */
  void append(JournalEntry entry) throws IOException {
    pending.append(MAPPER.writeValueAsString(entry)).append('\n');
  }

  /** Makes the entries outlive the process. */
  void sync() throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(pending.toString());
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(true);
    pending.setLength(0);
  }

  /** Takes the journal away: the preparation is complete or given up. */
  void delete() throws IOException {
    close();
    Files.deleteIfExists(file);
  }

  @Override
  public void close() throws IOException {
    reader.close();
    channel.close();
  }
}
