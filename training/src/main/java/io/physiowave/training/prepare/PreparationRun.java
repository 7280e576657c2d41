package io.physiowave.training.prepare;

import io.physiowave.connectors.command.ProjectVersion;
import io.physiowave.connectors.recording.RecordingException;
import io.physiowave.training.dataset.DatasetDescription;
import io.physiowave.training.dataset.DatasetDescriptionJson;
import io.physiowave.training.dataset.FileHash;
import io.physiowave.training.run.AtomicFile;
import io.physiowave.training.run.CountProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Carries a preparation out: item by item, noting in a journal what is done, so that one that was
 * interrupted, however hard, goes on with the next item and gives the same files as one that was
 * not. Files and description get their names when everything is there.
 */
final class PreparationRun {
  /** What was added within this time before a crash is prepared again. */
  private static final Duration BETWEEN_SYNCS = Duration.ofMillis(500);

  /** Options about how the run goes, which are not worth a record. */
  private static final Set<String> NOT_RECORDED =
      Set.of("no_progress", "restart", "download", "download_url", "download_parallel");

  private static final List<String> PARTS = List.of("train", "val", "test");

  /** Further options that may be others when a preparation goes on. */
  private static final Set<String> MAY_CHANGE = Set.of("output_dir", "skip_damaged");

  private final Preparation preparation;
  private final PrepareOptions options;
  private final Consumer<String> log;
  private final SourceHashes hashes = new SourceHashes();
  private long leftOut;

  private PreparationRun(Preparation preparation, PrepareOptions options, Consumer<String> log) {
    this.preparation = preparation;
    this.options = options;
    this.log = log;
  }

  /**
   * Reads the input and writes the files and their description.
   *
   * @param log takes one line at a time for the user
   * @throws IOException if a piece of the input is damaged or missing, no window came of it, or a
   *     file cannot be written
   */
  static DatasetDescription of(
      Preparation preparation, PrepareOptions options, Consumer<String> log) throws IOException {
    return new PreparationRun(preparation, options, log).run();
  }

  private DatasetDescription run() throws IOException {
    DatasetFacts facts = preparation.facts();
    try (PreparationItems items = preparation.items()) {
      return run(facts, items);
    }
  }

  private DatasetDescription run(DatasetFacts facts, PreparationItems items) throws IOException {
    Map<String, String> common = hashes(preparation.commonFiles());
    hashes.add(common);
    Path folder = Files.createDirectories(options.outputDirectory());
    int samples = facts.windowing().windowSamples() + 2 * options.marginSamples();
    try (PreparationJournal journal =
            PreparationJournal.open(
                folder, head(facts, items.count(), common), options.handling().restart());
        PreparedParts parts = new PreparedParts(folder, facts.rows(), samples, facts.labels())) {
      long done = prepareAll(facts, items, journal, parts);
      if (parts.windows() == 0) {
        throw new IOException(
            options.input()
                + ": none of "
                + done
                + " "
                + facts.itemName()
                + " gave a window; expected "
                + facts.expectation());
      }
      DatasetDescription description = describe(facts, parts.finish());
      AtomicFile.write(
          folder.resolve(DatasetDescription.FILE_NAME), DatasetDescriptionJson.write(description));
      parts.names().forEach(part -> log.accept(parts.summary(part)));
      tellOfFormerParts(folder, parts.names());
      journal.delete();
      return description;
    }
  }

  /** A part that only a former split had: what is in it may train now. */
  private void tellOfFormerParts(Path folder, List<String> names) {
    for (String part : PARTS) {
      Path file = folder.resolve(part + ".h5");
      if (!names.contains(part) && Files.exists(file)) {
        log.accept(
            file
                + ": of a former preparation, for this one has no such part; its records may be in"
                + " another part now, so do not measure on it");
      }
    }
  }

  /** Whatever ends the run, the items that are complete stay. */
  private long prepareAll(
      DatasetFacts facts, PreparationItems items, PreparationJournal journal, PreparedParts parts)
      throws IOException {
    long done = replay(journal, items.walk(), parts);
    try {
      done += prepare(facts, items, done, journal, parts);
    } catch (IOException | RuntimeException e) {
      try {
        keep(parts, journal);
      } catch (IOException other) {
        e.addSuppressed(other);
      }
      if (e instanceof UncheckedIOException wrapper) {
        throw wrapper.getCause();
      }
      throw e;
    }
    keep(parts, journal);
    return done;
  }

  /** What must be the same for a preparation to go on. */
  private Map<String, String> head(DatasetFacts facts, long count, Map<String, String> common) {
    Map<String, String> head = new LinkedHashMap<>();
    options
        .configuration()
        .forEach(
            (name, value) -> {
              if (!NOT_RECORDED.contains(name) && !MAY_CHANGE.contains(name)) {
                head.put("--" + name, value.toString());
              }
            });
    head.put("data set", facts.name());
    head.put("rate", Double.toString(options.sampleRateHz()));
    head.put("windows", facts.windowing().toString());
    head.put("labels", facts.labels().toString());
    head.put("channels", facts.channels().toString());
    head.put("filters", options.filters().toString());
    head.put("split", FileHash.sha256(facts.split().getBytes(StandardCharsets.UTF_8)));
    head.put("number of " + facts.itemName(), Long.toString(count));
    common.forEach((name, hash) -> head.put("SHA-256 of " + name, hash));
    head.put("version of this software", ProjectVersion.current());
    return head;
  }

  /** Takes over what a former run did. */
  private long replay(
      PreparationJournal journal, Iterator<PreparationItem> walk, PreparedParts parts)
      throws IOException {
    long done = 0;
    for (Optional<JournalEntry> entry = journal.next(); entry.isPresent(); entry = journal.next()) {
      JournalEntry former = entry.get();
      String item = walk.hasNext() ? walk.next().name() : "nothing more";
      if (!former.item().equals(item)) {
        throw new IOException(
            options.input()
                + ": holds '"
                + item
                + "' where the interrupted preparation found '"
                + former.item()
                + "'; expected the same input to go on, or --restart to begin anew");
      }
      parts.restore(former.parts());
      hashes.add(former.sources());
      leftOut += former.damage() == null ? 0 : 1;
      done++;
    }
    if (done > 0) {
      parts.resume(!walk.hasNext());
      log.accept("goes on after " + done + " items that were prepared before");
    }
    return done;
  }

  private long prepare(
      DatasetFacts facts,
      PreparationItems items,
      long before,
      PreparationJournal journal,
      PreparedParts parts)
      throws IOException {
    long done = 0;
    long synced = System.nanoTime();
    try (CountProgress progress =
        CountProgress.start(
            options.handling().showProgress(),
            facts.name(),
            facts.itemName(),
            items.count(),
            before,
            log)) {
      while (items.walk().hasNext()) {
        journal.append(prepare(items.walk().next(), parts));
        done++;
        if (System.nanoTime() - synced > BETWEEN_SYNCS.toNanos()) {
          parts.sync();
          journal.sync();
          synced = System.nanoTime();
        }
        progress.advance(1, parts.windows() + " windows");
      }
    }
    if (leftOut > 0) {
      log.accept(leftOut + " damaged " + facts.itemName() + " were left out");
    }
    return done;
  }

  private JournalEntry prepare(PreparationItem item, PreparedParts parts) throws IOException {
    try {
      item.cutting().into(parts);
      Map<String, String> read = hashes(item.files().find());
      hashes.add(read);
      return new JournalEntry(item.name(), parts.added(), read, null);
    } catch (RecordingException e) {
      if (!options.handling().skipDamaged()) {
        throw e;
      }
      parts.rollBack();
      leftOut++;
      log.accept("left out: " + e.getMessage());
      return new JournalEntry(item.name(), Map.of(), Map.of(), e.getMessage());
    }
  }

  /** Keeps the complete items; without a window, nothing. */
  private static void keep(PreparedParts parts, PreparationJournal journal) throws IOException {
    parts.rollBack();
    if (parts.windows() == 0) {
      journal.delete();
    } else {
      parts.sync();
      journal.sync();
    }
  }

  private static Map<String, String> hashes(List<SourceFile> files) throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    for (SourceFile file : files) {
      hashes.put(file.name(), FileHash.sha256(file.path()));
    }
    return hashes;
  }

  private DatasetDescription describe(
      DatasetFacts facts, Map<String, DatasetDescription.Part> files) {
    Map<String, Object> configuration = new LinkedHashMap<>(options.configuration());
    configuration.keySet().removeAll(NOT_RECORDED);
    if (leftOut > 0) {
      configuration.put("damaged_left_out", leftOut);
    }
    return new DatasetDescription(
        DatasetDescription.SCHEMA,
        facts.name(),
        facts.task(),
        facts.modality(),
        facts.labels(),
        facts.labelNames(),
        facts.channels(),
        facts.unit(),
        options.sampleRateHz(),
        facts.windowing(),
        options.filters(),
        options.marginSamples(),
        new DatasetDescription.Source(facts.source(), facts.licence(), hashes.finish()),
        facts.split(),
        files,
        configuration,
        facts.seed(),
        ProjectVersion.current(),
        LocalDate.now(ZoneOffset.UTC).toString());
  }
}
