package io.physiowave.training.prepare;

import io.physiowave.connectors.recording.RecordingOptions;
import io.physiowave.connectors.recording.RecordingSource;
import io.physiowave.connectors.recording.formats.RecordingFormats;
import io.physiowave.connectors.recording.wfdb.WfdbHeaderReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Which diagnoses of a 12-lead data set become labels.
 *
 * @param name of the data set in descriptions
 * @param source its name and version as the publisher gives them
 * @param licence its licence
 * @param labels names in order
 * @param codes label of each SNOMED CT code that counts
 */
public record DiagnosisLabels(
    String name, String source, String licence, List<String> labels, Map<String, String> codes) {

  /** The four merged rhythms of the published experiments; sinus tachycardia counts as sinus. */
  public static final DiagnosisLabels CHAPMAN_SHAOXING =
      new DiagnosisLabels(
          "chapman-shaoxing",
          "A large scale 12-lead electrocardiogram database for arrhythmia study 1.0.0 (PhysioNet)",
          "CC BY 4.0",
          List.of("SB", "AFIB", "GSVT", "SR"),
          Map.ofEntries(
              Map.entry("426177001", "SB"),
              Map.entry("164889003", "AFIB"),
              Map.entry("164890007", "AFIB"),
              Map.entry("426761007", "GSVT"),
              Map.entry("713422000", "GSVT"),
              Map.entry("233896004", "GSVT"),
              Map.entry("233897008", "GSVT"),
              Map.entry("195101003", "GSVT"),
              Map.entry("427084000", "SR"),
              Map.entry("426783006", "SR"),
              Map.entry("427393009", "SR")));

  /** The nine labels of the China Physiological Signal Challenge 2018. */
  public static final DiagnosisLabels CPSC2018 =
      new DiagnosisLabels(
          "cpsc2018",
          "CPSC 2018 training set, as in the PhysioNet/CinC Challenge 2021 1.0.3",
          "CC BY 4.0",
          List.of("NSR", "AF", "IAVB", "LBBB", "RBBB", "PAC", "PVC", "STD", "STE"),
          Map.of(
              "426783006", "NSR",
              "164889003", "AF",
              "270492004", "IAVB",
              "164909002", "LBBB",
              "59118001", "RBBB",
              "284470004", "PAC",
              "164884008", "PVC",
              "429622005", "STD",
              "164931005", "STE"));

  public DiagnosisLabels {
    labels = List.copyOf(labels);
    codes = Map.copyOf(codes);
  }

  /**
   * Reads the headers of all records.
   *
   * @param input a directory of WFDB records
   * @param log takes a line for the user
   * @throws IOException if a header is damaged, or none has a label
   */
  public LabelledRecords find(Path input, Consumer<String> log) throws IOException {
    List<RecordingSource> sources = RecordingFormats.list(input, RecordingOptions.DEFAULT);
    List<LabelledRecords.Labelled> records = new ArrayList<>();
    for (RecordingSource source : sources) {
      int[] present = of(WfdbHeaderReader.read(RecordFiles.header(input, source)).comments());
      if (Arrays.stream(present).anyMatch(mark -> mark == 1)) {
        records.add(new LabelledRecords.Labelled(source, present));
      }
    }
    log.accept(records.size() + " of " + sources.size() + " records have one of the labels");
    if (records.isEmpty()) {
      throw new IOException(
          input
              + ": none of "
              + sources.size()
              + " headers has a line '# Dx:' with one of the codes "
              + codes.keySet());
    }
    return new LabelledRecords(name, source, licence, labels, records, List.of());
  }

  /**
   * The labels of a record.
   *
   * @param comments lines of its header, without their {@code #}
   * @return 1 for each label that holds, in order
   */
  int[] of(List<String> comments) {
    int[] present = new int[labels.size()];
    for (String line : comments) {
      if (line.startsWith("Dx:")) {
        for (String code : line.substring("Dx:".length()).split(",")) {
          String label = codes.get(code.strip());
          if (label != null) {
            present[labels.indexOf(label)] = 1;
          }
        }
      }
    }
    return present;
  }
}
