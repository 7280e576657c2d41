package io.physiowave.training.prepare;

import io.physiowave.connectors.command.ProjectVersion;
import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.recording.RecordingChannel;
import io.physiowave.connectors.recording.RecordingOptions;
import io.physiowave.connectors.recording.RecordingSource;
import io.physiowave.connectors.recording.formats.RecordingFormats;
import io.physiowave.connectors.recording.wfdb.WfdbHeaderReader;
import io.physiowave.core.card.ModelChannel;
import io.physiowave.core.card.Windowing;
import io.physiowave.core.frame.Modality;
import io.physiowave.training.dataset.DatasetDescription;
import io.physiowave.training.dataset.DatasetDescriptionJson;
import io.physiowave.training.dataset.RandomSeeds;
import io.physiowave.training.run.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Windows of short 12-lead records with the diagnoses of their headers, by the published rules:
 * each lead of the whole record to mean 0 and deviation 1, windows every hop, the last filled with
 * zeros, records divided 7:2:1. Records without any of the labels are left out.
 */
public final class DiagnosisPreparation {
  /** The rows of a window. */
  public static final List<String> LEADS =
      List.of("I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6");

  private static final double RATE_HZ = 500;
  private static final double TRAINING_SHARE = 0.7;
  private static final double VALIDATION_SHARE = 0.2;
  // A record that does not fit this is no short record but something else.
  private static final int LONGEST_SAMPLES = 1 << 20;

  private final PrepareOptions options;
  private final DiagnosisLabels diagnoses;
  private final int hop;
  private final long seed;
  private final Consumer<String> log;

  /**
   * Takes the options.
   *
   * @param hop samples between windows
   * @param seed of the split
   * @param log takes one line at a time for the user
   */
  public DiagnosisPreparation(
      PrepareOptions options, DiagnosisLabels diagnoses, int hop, long seed, Consumer<String> log) {
    this.options = options;
    this.diagnoses = diagnoses;
    this.hop = hop;
    this.seed = seed;
    this.log = log;
  }

  /** A record that has at least one of the labels. */
  private record Labelled(RecordingSource source, int[] present) {}

  /**
   * Reads the records and writes the files and their description.
   *
   * @throws IOException if a record is damaged, none has a label, or a file cannot be written
   */
  public DatasetDescription run() throws IOException {
    List<Labelled> records = labelled();
    Collections.shuffle(records, new Random(RandomSeeds.derive(seed)));
    int training = (int) (TRAINING_SHARE * records.size());
    int validation = training + (int) (VALIDATION_SHARE * records.size());
    try (PreparedParts parts =
        new PreparedParts(
            options.outputDirectory(), LEADS.size(), options.windowSamples(), diagnoses.labels())) {
      for (int i = 0; i < records.size(); i++) {
        cut(records.get(i), i < training ? "train" : i < validation ? "val" : "test", parts);
      }
      Map<String, DatasetDescription.Part> files = parts.finish();
      parts.names().forEach(part -> log.accept(parts.summary(part)));
      DatasetDescription description = describe(files);
      AtomicFile.write(
          options.outputDirectory().resolve(DatasetDescription.FILE_NAME),
          DatasetDescriptionJson.write(description));
      return description;
    }
  }

  private List<Labelled> labelled() throws IOException {
    List<RecordingSource> sources =
        RecordingFormats.list(options.input(), RecordingOptions.DEFAULT);
    List<Labelled> records = new ArrayList<>();
    for (RecordingSource source : sources) {
      Path header = options.input().resolve(source.name() + ".hea");
      int[] present = diagnoses.of(WfdbHeaderReader.read(header).comments());
      if (Arrays.stream(present).anyMatch(mark -> mark == 1)) {
        records.add(new Labelled(source, present));
      }
    }
    log.accept(records.size() + " of " + sources.size() + " records have one of the labels");
    if (records.isEmpty()) {
      throw new IOException(
          options.input()
              + ": none of "
              + sources.size()
              + " headers has a line '# Dx:' with one of the codes "
              + diagnoses.codes().keySet());
    }
    return records;
  }

  private void cut(Labelled record, String part, PreparedParts parts) throws IOException {
    float[][] leads = leads(record.source());
    int length = leads[0].length;
    int window = options.windowSamples();
    for (float[] lead : leads) {
      WindowScaling.ZSCORE.apply(lead, 0, length);
    }
    int start = 0;
    for (; start + window <= length; start += hop) {
      append(record, part, leads, start, parts);
    }
    // One more window holds what is left, however much of it the last full one has.
    if (start < length) {
      append(record, part, leads, start, parts);
    }
  }

  private void append(Labelled record, String part, float[][] leads, int start, PreparedParts parts)
      throws IOException {
    int window = options.windowSamples();
    float[] values = new float[leads.length * window];
    for (int row = 0; row < leads.length; row++) {
      int count = Math.min(window, leads[row].length - start);
      System.arraycopy(leads[row], start, values, row * window, count);
    }
    parts.append(part, record.source().name(), values, record.present());
  }

  /** The whole record, {@code [lead][sample]}. */
  private float[][] leads(RecordingSource source) throws IOException {
    try (Recording recording = source.open()) {
      List<String> names = recording.channels().stream().map(RecordingChannel::name).toList();
      long length = recording.sampleCount().orElse(0);
      if (!names.containsAll(LEADS)
          || recording.sampleRateHz() != RATE_HZ
          || length < 1
          || length > LONGEST_SAMPLES) {
        throw new IOException(
            "record "
                + source.name()
                + ": "
                + length
                + " samples at "
                + recording.sampleRateHz()
                + " Hz of "
                + names
                + "; expected the twelve standard leads at "
                + RATE_HZ
                + " Hz");
      }
      float[][] samples = new float[names.size()][(int) length];
      int done = 0;
      while (done < length) {
        int count = recording.read(samples, done, (int) length - done);
        if (count < 0) {
          throw new IOException(
              "record " + source.name() + ": ends at " + done + "; expected " + length);
        }
        done += count;
      }
      float[][] leads = new float[LEADS.size()][];
      for (int row = 0; row < leads.length; row++) {
        leads[row] = finite(samples[names.indexOf(LEADS.get(row))]);
      }
      return leads;
    }
  }

  /** Invalid samples repeat the last valid one. */
  private static float[] finite(float[] lead) {
    float last = 0;
    for (int t = 0; t < lead.length; t++) {
      if (!Float.isFinite(lead[t])) {
        lead[t] = last;
      }
      last = lead[t];
    }
    return lead;
  }

  private DatasetDescription describe(Map<String, DatasetDescription.Part> files)
      throws IOException {
    return new DatasetDescription(
        DatasetDescription.SCHEMA,
        diagnoses.name(),
        "diagnosis-multilabel",
        Modality.ECG,
        diagnoses.labels(),
        LEADS.stream().map(ModelChannel::named).toList(),
        "mV",
        RATE_HZ,
        new Windowing.Sliding(options.windowSamples(), hop),
        List.of(),
        0,
        new DatasetDescription.Source(
            diagnoses.source(), diagnoses.licence(), SourceHashes.of(options.input())),
        "by record 7:2:1, drawn with seed " + seed + "; the records are listed with each part",
        files,
        options.configuration(),
        seed,
        ProjectVersion.current(),
        LocalDate.now(ZoneOffset.UTC).toString());
  }
}
