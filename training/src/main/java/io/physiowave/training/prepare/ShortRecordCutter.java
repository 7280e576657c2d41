package io.physiowave.training.prepare;

import io.physiowave.connectors.recording.RecordingSource;
import java.io.IOException;
import java.util.List;

/**
 * Cuts short records by the rules of the published scripts, which look at whole records and so
 * cannot run on a stream.
 *
 * @param leads rows of a window by channel name
 * @param rateHz rate that records must have
 * @param windowSamples samples of a window
 * @param hopSamples samples between windows
 * @param lastWindow what becomes of the end
 * @param recordScaling of each lead of the whole record
 * @param windowScaling of each lead of each window, zeros at its end among it
 * @param invalid what stands for invalid samples
 */
record ShortRecordCutter(
    List<String> leads,
    double rateHz,
    int windowSamples,
    int hopSamples,
    LastWindow lastWindow,
    WindowScaling recordScaling,
    WindowScaling windowScaling,
    Invalid invalid) {

  /** The twelve standard leads in the order in which all preparations store them. */
  static final List<String> TWELVE_LEADS =
      List.of("I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6");

  ShortRecordCutter {
    leads = List.copyOf(leads);
    if (hopSamples < 1) {
      throw new IllegalArgumentException("hop is " + hopSamples + " samples; expected 1 or more");
    }
  }

  /** What stands for samples that are not valid. */
  enum Invalid {
    /** The last valid one, or 0 when there was none. */
    REPEATS_THE_LAST,
    /** 0. */
    IS_ZERO
  }

  /** Takes windows, row-major {@code [leads][windowSamples]}. */
  @FunctionalInterface
  interface Sink {
    void accept(float[] window) throws IOException;
  }

  /**
   * Cuts a record.
   *
   * @throws IOException if it is damaged or a window cannot be written
   */
  void cut(RecordingSource source, Sink sink) throws IOException {
    float[][] record = WholeRecord.read(source, leads, rateHz);
    int length = record[0].length;
    for (float[] lead : record) {
      fillInvalid(lead);
      recordScaling.apply(lead, 0, length);
    }
    for (int start : lastWindow.starts(length, windowSamples, hopSamples)) {
      float[] window = new float[leads.size() * windowSamples];
      int count = Math.min(windowSamples, length - start);
      for (int row = 0; row < record.length; row++) {
        int at = row * windowSamples;
        System.arraycopy(record[row], start, window, at, count);
        windowScaling.apply(window, at, at + windowSamples);
      }
      sink.accept(window);
    }
  }

  private void fillInvalid(float[] lead) {
    float last = 0;
    for (int t = 0; t < lead.length; t++) {
      if (!Float.isFinite(lead[t])) {
        lead[t] = last;
      }
      last = invalid == Invalid.REPEATS_THE_LAST ? lead[t] : 0;
    }
  }
}
