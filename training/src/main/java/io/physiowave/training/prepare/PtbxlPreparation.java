package io.physiowave.training.prepare;

import io.physiowave.connectors.recording.RecordingOptions;
import io.physiowave.connectors.recording.RecordingSource;
import io.physiowave.connectors.recording.wfdb.WfdbFiles;
import io.physiowave.core.card.ModelChannel;
import io.physiowave.core.card.Windowing;
import io.physiowave.core.frame.Modality;
import io.physiowave.training.dataset.DatasetDescription;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Windows of PTB-XL with the diagnostic superclass of their record, by the published rules: the 500
 * Hz files, of the statements at least 80 % likely the superclass of highest priority, windows of
 * 2048 every 1024 samples and one at the last multiple of 1024 filled with zeros, each lead of each
 * window to -1 to 1, the folds 1 to 8 for training, 9 for validation, 10 for the test. Records
 * without such a statement are left out.
 *
 * <p>The published script passes over records that cannot be read; here that is asked for by {@code
 * --skip_damaged}.
 */
public final class PtbxlPreparation implements Preparation {
  /** Name of the data set in descriptions. */
  public static final String NAME = "ptbxl";

  private static final String DATABASE = "ptbxl_database.csv";
  private static final String STATEMENTS = "scp_statements.csv";
  private static final int LAST_FOLD = 10;

  private final PrepareOptions options;
  private final ShortRecordCutter cutter;
  private final Consumer<String> log;

  /**
   * Takes the options; the input is the directory of the tables.
   *
   * @param hop samples between windows
   * @param log takes one line at a time for the user
   */
  public PtbxlPreparation(PrepareOptions options, int hop, Consumer<String> log) {
    this.options = options;
    this.cutter =
        new ShortRecordCutter(
            ShortRecordCutter.TWELVE_LEADS,
            options.sampleRateHz(),
            options.windowSamples(),
            hop,
            LastWindow.AT_THE_LAST_HOP,
            WindowScaling.NONE,
            WindowScaling.MINMAX_SYMMETRIC,
            ShortRecordCutter.Invalid.REPEATS_THE_LAST);
    this.log = log;
  }

  /**
   * Reads the records and writes the files and their description.
   *
   * @throws IOException if a table or record is damaged or missing, or a file cannot be written
   */
  public DatasetDescription run() throws IOException {
    return PreparationRun.of(this, options, log);
  }

  @Override
  public DatasetFacts facts() {
    return new DatasetFacts(
        NAME,
        "diagnosis-classification",
        Modality.ECG,
        PtbxlSuperclass.labels(),
        cutter.leads().stream().map(ModelChannel::named).toList(),
        "mV",
        new Windowing.Sliding(cutter.windowSamples(), cutter.hopSamples()),
        "PTB-XL 1.0.3 (PhysioNet)",
        "CC BY 4.0",
        "by the column strat_fold: training 1 to 8, validation 9, test 10; no patient is in two",
        0,
        "records",
        "records with a superclass at least 80 % likely and at least "
            + cutter.windowSamples()
            + " samples");
  }

  @Override
  public List<SourceFile> commonFiles() {
    return List.of(table(DATABASE), table(STATEMENTS));
  }

  private SourceFile table(String name) {
    return new SourceFile(name, options.input().resolve(name));
  }

  @Override
  public PreparationItems items() throws IOException {
    ScpStatements statements = ScpStatements.read(table(STATEMENTS).path());
    List<PreparationItem> items = new ArrayList<>();
    int rows = 0;
    try (CsvTable table =
        CsvTable.open(table(DATABASE).path(), "scp_codes", "strat_fold", "filename_hr")) {
      for (CsvTable.Row row : table) {
        rows++;
        Optional<PtbxlSuperclass> superclass = statements.of(row);
        if (superclass.isPresent()) {
          items.add(item(row.pathWithin("filename_hr"), part(row), superclass.get()));
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    log.accept(items.size() + " of " + rows + " records have a superclass at least 80 % likely");
    return PreparationItems.of(items);
  }

  private static String part(CsvTable.Row row) throws IOException {
    double fold = row.number("strat_fold");
    if (fold < 1 || fold > LAST_FOLD || fold != Math.rint(fold)) {
      throw row.wrong("strat_fold", "1 to " + LAST_FOLD);
    }
    return fold == LAST_FOLD ? "test" : fold == LAST_FOLD - 1 ? "val" : "train";
  }

  private PreparationItem item(String name, String part, PtbxlSuperclass superclass) {
    Path record = options.input().resolve(name);
    int label = PtbxlSuperclass.labels().indexOf(superclass.name());
    return new PreparationItem(
        name,
        RecordFiles.of(options.input(), record),
        parts -> {
          RecordingSource source = WfdbFiles.source(record, RecordingOptions.DEFAULT);
          cutter.cut(source, window -> parts.append(part, name, window, label));
        });
  }
}
