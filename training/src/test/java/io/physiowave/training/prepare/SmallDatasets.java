package io.physiowave.training.prepare;

import io.physiowave.connectors.recording.wfdb.SignalFormat;
import io.physiowave.connectors.recording.wfdb.WfdbOutput;
import io.physiowave.connectors.recording.wfdb.WfdbRecordWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Sinks;

/** Small data sets in the layout in which they are published. */
public final class SmallDatasets {
  private static final List<String> LEADS_OF_PTBXL =
      List.of("I", "II", "III", "AVR", "AVL", "AVF", "V1", "V2", "V3", "V4", "V5", "V6");
  private static final List<String> LEADS_OF_MIMIC =
      List.of("I", "II", "III", "aVR", "aVF", "aVL", "V1", "V2", "V3", "V4", "V5", "V6");

  private SmallDatasets() {}

  /** A record in which lead {@code n} is {@code n} mV plus a wave. */
  public static void ecg(Path directory, String name, List<String> leads, int length)
      throws IOException {
    float[][] samples = new float[leads.size()][length];
    for (int lead = 0; lead < leads.size(); lead++) {
      for (int t = 0; t < length; t++) {
        samples[lead][t] = (float) (lead + Math.sin((t + 7 * lead) / 20.0));
      }
    }
    List<WfdbOutput.Signal> signals =
        leads.stream().map(lead -> new WfdbOutput.Signal(lead, "mV", 1000, 0)).toList();
    WfdbOutput output =
        new WfdbOutput(name, 500, Optional.empty(), SignalFormat.INT_16, signals, List.of());
    try (WfdbRecordWriter writer = WfdbRecordWriter.create(directory, output)) {
      writer.append(samples, 0, length);
    }
  }

  /**
   * PTB-XL with one record a fold.
   *
   * @param codes content of {@code scp_codes} of each record; the first is in fold 1
   */
  public static Path ptbxl(Path folder, String... codes) throws IOException {
    StringBuilder table =
        new StringBuilder("ecg_id,patient_id,scp_codes,strat_fold,filename_lr,filename_hr\n");
    for (int i = 0; i < codes.length; i++) {
      String name = String.format("%05d_hr", i + 1);
      ecg(folder.resolve("records500/00000"), name, LEADS_OF_PTBXL, 5000);
      table.append(
          String.format(
              "%d,%d.0,\"%s\",%d,records100/00000/%05d_lr,records500/00000/%s%n",
              i + 1, 15000 + i, codes[i].replace("\"", "\"\""), i % 10 + 1, i + 1, name));
    }
    Files.writeString(folder.resolve("ptbxl_database.csv"), table);
    Files.writeString(
        folder.resolve("scp_statements.csv"),
        """
        ,description,diagnostic,form,rhythm,diagnostic_class,diagnostic_subclass
        NDT,non-diagnostic T abnormalities,1.0,1.0,,STTC,STTC
        NORM,normal ECG,1.0,,,NORM,NORM
        IMI,"inferior myocardial infarction, old",1.0,,,MI,IMI
        LVH,left ventricular hypertrophy,1.0,,,HYP,LVH
        LAFB,left anterior fascicular block,1.0,,,CD,LAFB/LPFB
        SR,sinus rhythm,,,1.0,,
        """);
    return folder;
  }

  /** MIMIC-IV-ECG with so many records of 10 s, two of each subject. */
  public static Path mimic(Path folder, int records) throws IOException {
    StringBuilder table = new StringBuilder("subject_id,study_id,file_name,ecg_time,path\n");
    for (int i = 0; i < records; i++) {
      int subject = 10000032 + i / 2;
      int study = 40689238 + i;
      String path = "files/p1000/p" + subject + "/s" + study;
      ecg(folder.resolve(path), Integer.toString(study), LEADS_OF_MIMIC, 5000);
      table.append(
          String.format(
              "%d,%d,%d,2180-07-23 08:44:00,%s/%d%n", subject, study, study, path, study));
    }
    Files.writeString(folder.resolve("record_list.csv"), table);
    return folder;
  }

  /**
   * A Ninapro file.
   *
   * @param emg {@code [column][sample]}
   * @param movement of each sample
   * @param repetition of each sample
   */
  public static Path ninapro(Path file, float[][] emg, int[] movement, int[] repetition)
      throws IOException {
    Files.createDirectories(file.getParent());
    Matrix signals = Mat5.newMatrix(emg[0].length, emg.length);
    Matrix movements = Mat5.newMatrix(movement.length, 1);
    Matrix repetitions = Mat5.newMatrix(repetition.length, 1);
    for (int t = 0; t < emg[0].length; t++) {
      for (int column = 0; column < emg.length; column++) {
        signals.setFloat(t, column, emg[column][t]);
      }
    }
    for (int t = 0; t < movement.length; t++) {
      movements.setInt(t, 0, movement[t]);
      repetitions.setInt(t, 0, repetition[t]);
    }
    try (MatFile mat =
            Mat5.newMatFile()
                .addArray("glove", Mat5.newMatrix(10, 22))
                .addArray("emg", signals)
                .addArray("restimulus", movements)
                .addArray("rerepetition", repetitions);
        var sink = Sinks.newStreamingFile(file.toFile())) {
      Mat5.newWriter(sink).setDeflateLevel(Deflater.BEST_SPEED).writeMat(mat);
    }
    return file;
  }

  /** Noise of so many columns whose deviation is the column's number in 10 uV. */
  public static float[][] noise(int columns, int samples, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] noise = new float[columns][samples];
    for (int column = 0; column < columns; column++) {
      for (int t = 0; t < samples; t++) {
        noise[column][t] = (float) (1e-5 * (column + 1) * random.nextGaussian() + 3e-5);
      }
    }
    return noise;
  }

  /**
   * A user of EMG-EPN-612.
   *
   * @param training gestures of the training samples in order
   * @param testing gestures of the testing samples; null for those that are kept back
   * @param length samples of each
   */
  public static void epnUser(
      Path folder, String half, int user, List<String> training, List<String> testing, int length)
      throws IOException {
    Path file = folder.resolve(half + "JSON/user" + user + "/user" + user + ".json");
    Files.createDirectories(file.getParent());
    StringBuilder json =
        new StringBuilder("{\"generalInformation\": {\"deviceType\": \"Myo\", \"rate\": [200]},");
    json.append("\"synchronizationGesture\": {\"samples\": {\"idx_1\": {\"emg\": {}}}},");
    json.append("\"trainingSamples\": ").append(samples(training, length));
    json.append(", \"testingSamples\": ").append(samples(testing, length)).append("}");
    Files.writeString(file, json);
  }

  private static String samples(List<String> gestures, int length) {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < gestures.size(); i++) {
      int number = i + 1;
      json.append(i == 0 ? "" : ", ").append("\"idx_").append(number).append("\": {");
      json.append("\"startPointforGestureExecution\": 300, \"groundTruthIndex\": [310, 500],");
      if (gestures.get(i) != null) {
        json.append("\"gestureName\": \"").append(gestures.get(i)).append("\", ");
      }
      json.append("\"quaternion\": {\"w\": [0.1, 0.2]}, \"emg\": {");
      for (int channel = 1; channel <= 8; channel++) {
        int strength = channel;
        json.append(channel == 1 ? "" : ", ").append("\"ch").append(channel).append("\": ");
        json.append(
            IntStream.range(0, length)
                .map(t -> (int) Math.round(strength * 10 * Math.sin((t + number) / 9.0)))
                .boxed()
                .toList());
      }
      json.append("}}");
    }
    return json.append("}").toString();
  }
}
