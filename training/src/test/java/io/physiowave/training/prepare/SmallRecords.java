package io.physiowave.training.prepare;

import io.physiowave.connectors.recording.wfdb.AnnotationWriter;
import io.physiowave.connectors.recording.wfdb.SignalFormat;
import io.physiowave.connectors.recording.wfdb.WfdbAnnotation;
import io.physiowave.connectors.recording.wfdb.WfdbAnnotations;
import io.physiowave.connectors.recording.wfdb.WfdbOutput;
import io.physiowave.connectors.recording.wfdb.WfdbRecordWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Small recordings in the layouts of the public data sets. */
public final class SmallRecords {
  private static final int RATE = 360;
  private static final int INTERVAL = 300;

  private SmallRecords() {}

  /**
   * A record of two leads in which every fourth beat is ventricular: wide, early and of the other
   * sign.
   *
   * @param beats number of beats
   */
  public static void mitdb(Path directory, String name, int beats) throws IOException {
    int length = (beats + 2) * INTERVAL;
    float[][] samples = new float[2][length];
    List<WfdbAnnotation> annotations = new ArrayList<>();
    annotations.add(WfdbAnnotation.at(10, "+"));
    SplittableRandom random = new SplittableRandom(name.hashCode());
    for (int beat = 0; beat < beats; beat++) {
      boolean ventricular = beat % 4 == 3;
      int at = (beat + 1) * INTERVAL - (ventricular ? 90 : 0);
      annotations.add(WfdbAnnotation.at(at, ventricular ? "V" : "N"));
      double width = ventricular ? 18 : 6;
      for (int t = at - 60; t < at + 60; t++) {
        double wave = Math.exp(-(t - at) * (t - at) / (2 * width * width));
        samples[0][t] += (float) ((ventricular ? -1.2 : 1) * wave);
        samples[1][t] += (float) ((ventricular ? 0.8 : -0.4) * wave);
      }
    }
    for (int t = 0; t < length; t++) {
      samples[0][t] += (float) (0.01 * random.nextGaussian());
      samples[1][t] += (float) (0.01 * random.nextGaussian());
    }
    List<WfdbOutput.Signal> signals =
        List.of(
            new WfdbOutput.Signal("MLII", "mV", 200, 0), new WfdbOutput.Signal("V1", "mV", 200, 0));
    WfdbOutput output =
        new WfdbOutput(name, RATE, Optional.empty(), SignalFormat.PACKED_12, signals, List.of());
    try (WfdbRecordWriter writer = WfdbRecordWriter.create(directory, output)) {
      writer.append(samples, 0, length);
    }
    AnnotationWriter.write(
        directory.resolve(name + ".atr"), new WfdbAnnotations(annotations, OptionalDouble.empty()));
  }

  /**
   * A 12-lead record at 500 Hz.
   *
   * @param comment line of its header
   */
  public static void twelveLeads(Path directory, String name, int length, String comment)
      throws IOException {
    SplittableRandom random = new SplittableRandom(name.hashCode());
    float[][] samples = new float[12][length];
    List<WfdbOutput.Signal> signals = new ArrayList<>();
    for (int lead = 0; lead < 12; lead++) {
      signals.add(new WfdbOutput.Signal(DiagnosisPreparation.LEADS.get(lead), "mV", 1000, 0));
      for (int t = 0; t < length; t++) {
        samples[lead][t] = (float) (Math.sin(t / 20.0) + 0.3 + 0.1 * random.nextGaussian());
      }
    }
    WfdbOutput output =
        new WfdbOutput(name, 500, Optional.empty(), SignalFormat.INT_16, signals, List.of(comment));
    try (WfdbRecordWriter writer = WfdbRecordWriter.create(directory, output)) {
      writer.append(samples, 0, length);
    }
  }

  /** A zip of so many subjects with one file each, gestures 1 to 6 held for 1.5 s. */
  public static Path uciEmg(Path zip, int subjects) throws IOException {
    try (OutputStream file = Files.newOutputStream(zip);
        ZipOutputStream out = new ZipOutputStream(file)) {
      for (int subject = 1; subject <= subjects; subject++) {
        out.putNextEntry(new ZipEntry(String.format("EMG/%02d/1_raw_data.txt", subject)));
        out.write(emgText(subject).getBytes(StandardCharsets.US_ASCII));
        out.closeEntry();
      }
    }
    return zip;
  }

  private static String emgText(int subject) {
    SplittableRandom random = new SplittableRandom(subject);
    StringBuilder text = new StringBuilder("time");
    for (int channel = 1; channel <= 8; channel++) {
      text.append("\tchannel").append(channel);
    }
    text.append("\tclass\n");
    int row = 0;
    for (int stretch = 0; stretch < 12; stretch++) {
      int gesture = stretch % 2 == 0 ? 0 : stretch / 2 + 1;
      for (int t = 0; t < (gesture == 0 ? 300 : 1500); t++) {
        text.append(row++);
        for (int channel = 0; channel < 8; channel++) {
          double strength = channel == gesture ? 2e-4 : 1e-5;
          text.append('\t').append((float) (strength * random.nextGaussian()));
        }
        text.append('\t').append(gesture).append('\n');
      }
    }
    return text.toString();
  }
}
