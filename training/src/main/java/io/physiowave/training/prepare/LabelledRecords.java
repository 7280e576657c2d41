package io.physiowave.training.prepare;

import io.physiowave.connectors.recording.RecordingSource;
import java.util.List;

/**
 * The records of a 12-lead data set that have at least one label.
 *
 * @param name of the data set in descriptions
 * @param source its name and version as the publisher gives them
 * @param licence its licence
 * @param labels names in order
 * @param records the records in order
 * @param tables files that the labels were read from, besides the records' own headers
 */
public record LabelledRecords(
    String name,
    String source,
    String licence,
    List<String> labels,
    List<Labelled> records,
    List<SourceFile> tables) {

  public LabelledRecords {
    labels = List.copyOf(labels);
    records = List.copyOf(records);
    tables = List.copyOf(tables);
  }

  /**
   * One record.
   *
   * @param record where it is read from
   * @param present 1 for each label that holds, else 0, in order
   */
  public record Labelled(RecordingSource record, int[] present) {}
}
