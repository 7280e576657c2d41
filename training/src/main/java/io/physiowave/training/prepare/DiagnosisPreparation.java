package io.physiowave.training.prepare;

import io.physiowave.core.card.ModelChannel;
import io.physiowave.core.card.Windowing;
import io.physiowave.core.frame.Modality;
import io.physiowave.training.dataset.DatasetDescription;
import io.physiowave.training.dataset.RandomSeeds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Windows of short 12-lead records with the diagnoses of each record, by the published rules for
 * several labels: each lead of the whole record to mean 0 and deviation 1, windows every hop, the
 * last filled with zeros, records divided 7:2:1. Records without any of the labels are left out.
 */
public final class DiagnosisPreparation implements Preparation {
  /** The rows of a window. */
  public static final List<String> LEADS = ShortRecordCutter.TWELVE_LEADS;

  private static final double TRAINING_SHARE = 0.7;
  private static final double VALIDATION_SHARE = 0.2;

  private final PrepareOptions options;
  private final LabelledRecords labelled;
  private final ShortRecordCutter cutter;
  private final long seed;
  private final Consumer<String> log;

  /**
   * Takes the options.
   *
   * @param labelled the records with their labels
   * @param hop samples between windows
   * @param seed of the split
   * @param log takes one line at a time for the user
   */
  public DiagnosisPreparation(
      PrepareOptions options, LabelledRecords labelled, int hop, long seed, Consumer<String> log) {
    this.options = options;
    this.labelled = labelled;
    this.cutter =
        new ShortRecordCutter(
            LEADS,
            options.sampleRateHz(),
            options.windowSamples(),
            hop,
            LastWindow.A_HOP_AFTER_THE_LAST_FULL,
            WindowScaling.ZSCORE,
            WindowScaling.NONE,
            ShortRecordCutter.Invalid.REPEATS_THE_LAST);
    this.seed = seed;
    this.log = log;
  }

  /**
   * Reads the records and writes the files and their description.
   *
   * @throws IOException if a record is damaged or a file cannot be written
   */
  public DatasetDescription run() throws IOException {
    return PreparationRun.of(this, options, log);
  }

  @Override
  public DatasetFacts facts() {
    return new DatasetFacts(
        labelled.name(),
        "diagnosis-multilabel",
        Modality.ECG,
        labelled.labels(),
        LEADS.stream().map(ModelChannel::named).toList(),
        "mV",
        new Windowing.Sliding(cutter.windowSamples(), cutter.hopSamples()),
        labelled.source(),
        labelled.licence(),
        "by record 7:2:1, drawn with seed " + seed + "; the records are listed with each part",
        seed,
        "records",
        "records with samples");
  }

  @Override
  public List<SourceFile> commonFiles() {
    return labelled.tables();
  }

  @Override
  public PreparationItems items() {
    List<LabelledRecords.Labelled> records = new ArrayList<>(labelled.records());
    Collections.shuffle(records, new Random(RandomSeeds.derive(seed)));
    int training = (int) (TRAINING_SHARE * records.size());
    int validation = training + (int) (VALIDATION_SHARE * records.size());
    List<PreparationItem> items = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      LabelledRecords.Labelled record = records.get(i);
      String part = i < training ? "train" : i < validation ? "val" : "test";
      String name = record.record().name();
      items.add(
          new PreparationItem(
              name,
              RecordFiles.of(options.input(), record.record()),
              parts ->
                  cutter.cut(
                      record.record(),
                      window -> parts.append(part, name, window, record.present()))));
    }
    return PreparationItems.of(items);
  }
}
