package io.physiowave.training.prepare;

import io.physiowave.connectors.recording.MalformedRecordingException;
import io.physiowave.connectors.recording.RecordingOptions;
import io.physiowave.connectors.recording.wfdb.WfdbFiles;
import io.physiowave.core.card.ModelChannel;
import io.physiowave.core.card.Windowing;
import io.physiowave.core.frame.Modality;
import io.physiowave.training.dataset.DatasetDescription;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Windows of MIMIC-IV-ECG without labels, for pretraining, by the published rules: invalid samples
 * as 0, windows of 2048 at every multiple of 1024 samples, filled with zeros beyond the end, each
 * lead of each window to mean 0 and deviation 1, 15 % of the records for validation, drawn by the
 * seed. Records shorter than a window are left out.
 *
 * <p>Chosen here: the leads are stored in the standard order, as in all other preparations, so that
 * one encoder can go on with other data sets; the published script keeps the files' order, which
 * has aVF before aVL ({@code --channels} gives it). The draw is another one than scikit-learn's.
 * {@code --split_by subject} keeps the records of a patient together.
 *
 * <p>The list of 800 000 records is read row by row; memory holds a bit for each and the subjects'
 * names.
 */
public final class MimicIvEcgPreparation implements Preparation {
  /** Name of the data set in descriptions. */
  public static final String NAME = "mimic-iv-ecg";

  private static final String RECORDS = "record_list.csv";

  private final PrepareOptions options;
  private final ShortRecordCutter cutter;
  private final boolean bySubject;
  private final ValidationDraw validation;
  private final Consumer<String> log;

  /**
   * Takes the options; the input is the directory of {@code record_list.csv}.
   *
   * @param channels names of the rows in order
   * @param hop samples between windows
   * @param bySubject whether all records of a patient stay together, instead of the published rule
   * @param validation of the records or patients
   * @param log takes one line at a time for the user
   */
  public MimicIvEcgPreparation(
      PrepareOptions options,
      List<String> channels,
      int hop,
      boolean bySubject,
      ValidationDraw validation,
      Consumer<String> log) {
    this.options = options;
    this.cutter =
        new ShortRecordCutter(
            channels,
            options.sampleRateHz(),
            options.windowSamples(),
            hop,
            LastWindow.AT_EVERY_HOP,
            WindowScaling.NONE,
            WindowScaling.ZSCORE,
            ShortRecordCutter.Invalid.IS_ZERO);
    this.bySubject = bySubject;
    this.validation = validation;
    this.log = log;
  }

  /**
   * Reads the records and writes the files and their description.
   *
   * @throws IOException if the list or a record is damaged or missing, or a file cannot be written
   */
  public DatasetDescription run() throws IOException {
    return PreparationRun.of(this, options, log);
  }

  @Override
  public DatasetFacts facts() {
    return new DatasetFacts(
        NAME,
        DatasetDescription.PRETRAINING,
        Modality.ECG,
        List.of(),
        cutter.leads().stream().map(ModelChannel::named).toList(),
        "mV",
        new Windowing.Sliding(cutter.windowSamples(), cutter.hopSamples()),
        "MIMIC-IV-ECG 1.0 (PhysioNet)",
        "ODbL 1.0",
        (bySubject ? "by patient: " : "by record, as published: ")
            + validation
            + (bySubject ? "" : "; a patient may be in both")
            + "; groups are the patients",
        validation.seed(),
        "records",
        "records with at least " + cutter.windowSamples() + " samples");
  }

  @Override
  public List<SourceFile> commonFiles() {
    return List.of(new SourceFile(RECORDS, options.input().resolve(RECORDS)));
  }

  @Override
  public PreparationItems items() throws IOException {
    int count = 0;
    try (CsvTable table = open()) {
      for (CsvTable.Row row : table) {
        row.pathWithin("path");
        count++;
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (count == 0) {
      throw new MalformedRecordingException(
          options.input().resolve(RECORDS) + ": lists no record; expected at least one row");
    }
    // As scikit-learn rounds.
    return walk(count, validation.of(count, (long) Math.ceil(validation.share() * count)));
  }

  private CsvTable open() throws IOException {
    return CsvTable.open(options.input().resolve(RECORDS), "subject_id", "path");
  }

  private PreparationItems walk(int count, BitSet drawnRecords) throws IOException {
    CsvTable table = open();
    Iterator<CsvTable.Row> rows = table.iterator();
    return new PreparationItems(
        count,
        new Iterator<>() {
          private int next;

          @Override
          public boolean hasNext() {
            return rows.hasNext();
          }

          @Override
          public PreparationItem next() {
            CsvTable.Row row = rows.next();
            boolean recordDrawn = drawnRecords.get(next++);
            boolean validates = bySubject ? validation.takes(row.text("subject_id")) : recordDrawn;
            return item(row, validates ? "val" : "train");
          }
        },
        table);
  }

  private PreparationItem item(CsvTable.Row row, String part) {
    String name = row.text("path");
    String subject = row.text("subject_id");
    Path record = options.input().resolve(name);
    return new PreparationItem(
        name,
        RecordFiles.of(options.input(), record),
        parts ->
            cutter.cut(
                WfdbFiles.source(record, RecordingOptions.DEFAULT),
                window -> parts.append(part, subject, window)));
  }
}
