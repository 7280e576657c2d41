package io.physiowave.training.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.physiowave.connectors.command.CommandRunner;
import io.physiowave.training.dataset.DatasetDescription;
import io.physiowave.training.dataset.DatasetDescriptionJson;
import io.physiowave.training.dataset.WindowFile;
import io.physiowave.training.prepare.SmallDatasets;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each preparation on files of the layout in which its data set is published. */
class PreparePublicDatasetsTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Object... arguments) {
    String[] texts = Stream.of(arguments).map(Object::toString).toArray(String[]::new);
    return CommandRunner.run(
        new PrepareCommand(), new PrintWriter(out), new PrintWriter(err), texts);
  }

  private DatasetDescription prepare(String name, Path input, Object... options)
      throws IOException {
    List<Object> arguments = new ArrayList<>(List.of(name, input, "--output_dir", prepared()));
    Collections.addAll(arguments, options);
    assertThat(run(arguments.toArray())).as(err.toString()).isZero();
    assertThat(prepared().resolve("preparation.journal")).doesNotExist();
    return DatasetDescriptionJson.read(prepared().resolve(DatasetDescription.FILE_NAME));
  }

  private Path prepared() {
    return folder.resolve("prepared");
  }

  private float[] window(String part, int index) throws IOException {
    try (WindowFile file = WindowFile.open(prepared().resolve(part + ".h5"))) {
      float[] window = new float[file.rows() * file.samples()];
      file.read(index, window);
      return window;
    }
  }

  private List<Integer> classes(String part) throws IOException {
    try (WindowFile file = WindowFile.open(prepared().resolve(part + ".h5"))) {
      return IntStream.range(0, file.size())
          .mapToObj(i -> file.labels().orElseThrow().classOf(i))
          .toList();
    }
  }

  private static float[] row(float[] window, int row, int samples) {
    return Arrays.copyOfRange(window, row * samples, (row + 1) * samples);
  }

  private static double mean(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElseThrow();
  }

  private static double deviation(float[] values) {
    double mean = mean(values);
    return Math.sqrt(
        IntStream.range(0, values.length)
            .mapToDouble(i -> (values[i] - mean) * (values[i] - mean))
            .average()
            .orElseThrow());
  }

  @Nested
  class PtbXl {
    private final String[] codes = {
      "{'NORM': 100.0, 'SR': 0.0}",
      "{'IMI': 80.0, 'NORM': 100.0}",
      "{'IMI': 79.9, 'SR': 0.0}",
      "{'NDT': 100.0, 'LVH': 100.0, 'LAFB': 100.0}",
      "{'SR': 100.0}",
      "{}",
      "{'NORM': 80.0}",
      "{'LAFB': 100.0}",
      "{'LAFB': 100.0, 'NDT': 100}",
      "{\"NDT\": 1e2}"
    };

    @Test
    void theSuperclassOfHighestPriorityCountsFromALikelihoodOf80() throws IOException {
      DatasetDescription description =
          prepare("ptbxl", SmallDatasets.ptbxl(folder.resolve("ptbxl"), codes));
      assertThat(out.toString()).contains("7 of 10 records have a superclass");
      assertThat(description.labels()).containsExactly("NORM", "MI", "STTC", "CD", "HYP");
      // Four windows a record: 0, 1024, 2048 and, filled, 4096.
      assertThat(classes("train"))
          .containsExactly(0, 0, 0, 0, 1, 1, 1, 1, 4, 4, 4, 4, 0, 0, 0, 0, 3, 3, 3, 3);
      assertThat(classes("val")).containsExactly(3, 3, 3, 3);
      assertThat(classes("test")).containsExactly(2, 2, 2, 2);
      assertThat(description.files().get("val").windowsPerLabel()).containsEntry("CD", 4L);
      assertThat(description.files().get("val").groups())
          .containsExactly("records500/00000/00009_hr");
      assertThat(description.source().sha256())
          .containsKeys(
              "ptbxl_database.csv",
              "scp_statements.csv",
              "records500/00000/00001_hr.hea",
              "records500/00000/00001_hr.dat");
    }

    @Test
    void eachLeadOfEachWindowGoesFromMinus1To1() throws IOException {
      prepare("ptbxl", SmallDatasets.ptbxl(folder.resolve("ptbxl"), codes));
      float[] full = window("train", 0);
      float[] filled = window("train", 3);
      for (int lead = 0; lead < 12; lead++) {
        float[] values = row(full, lead, 2048);
        assertThat(Collections.max(boxed(values))).isEqualTo(1);
        assertThat(Collections.min(boxed(values))).isEqualTo(-1);
      }
      // Zeros join before the scaling, so beyond sample 904 stands what 0 mV became.
      float[] lead = row(filled, 5, 2048);
      assertThat(lead[2047]).isEqualTo(lead[904]).isEqualTo(-1);
      assertThat(lead[903]).isNotEqualTo(lead[904]);
    }

    private List<Float> boxed(float[] values) {
      List<Float> boxed = new ArrayList<>();
      for (float value : values) {
        boxed.add(value);
      }
      return boxed;
    }

    @Test
    void malformedFieldsAreNamed() throws IOException {
      Path input = SmallDatasets.ptbxl(folder.resolve("ptbxl"), "{'NORM': 100.0", "{}");
      assertThat(run("ptbxl", input, "--output_dir", prepared())).isEqualTo(1);
      assertThat(err.toString())
          .contains("ptbxl_database.csv line 2: scp_codes is '{'NORM': 100.0'; expected a form");
      Path table = input.resolve("ptbxl_database.csv");
      Files.writeString(
          table,
          Files.readString(table)
              .replace("{'NORM': 100.0", "{'NORM': 100.0}")
              .replace(",1,records100", ",eleven,records100"));
      assertThat(run("ptbxl", input, "--output_dir", prepared())).isEqualTo(1);
      assertThat(err.toString())
          .contains("ptbxl_database.csv line 2: strat_fold is 'eleven'; expected a number");
      assertThat(prepared()).doesNotExist();
    }

    @Test
    void missingFilesAreNamed() throws IOException {
      Path input = SmallDatasets.ptbxl(folder.resolve("ptbxl"), codes);
      Files.delete(input.resolve("records500/00000/00007_hr.dat"));
      assertThat(run("ptbxl", input, "--output_dir", prepared())).isEqualTo(1);
      assertThat(err.toString()).contains("00007_hr.dat: no such file; the header names it");
      Files.delete(input.resolve("scp_statements.csv"));
      assertThat(run("ptbxl", input, "--output_dir", prepared())).isEqualTo(1);
      assertThat(err.toString()).contains("scp_statements.csv: no such file");
    }

    @Test
    void whoHasNoneIsToldWhereItIs() {
      assertThat(run("ptbxl", folder.resolve("none"), "--output_dir", prepared())).isEqualTo(1);
      assertThat(err.toString())
          .contains("none: no such file or directory; --download fetches it from https://physionet")
          .contains("CC BY 4.0");
    }
  }

  @Nested
  class MimicIvEcg {
    @Test
    void windowsStartAtEveryHopAndEachIsNormalised() throws IOException {
      DatasetDescription description =
          prepare("mimic-iv-ecg", SmallDatasets.mimic(folder.resolve("mimic"), 20));
      assertThat(description.task()).isEqualTo(DatasetDescription.PRETRAINING);
      // 15 % of 20 records are 3; five windows a record, the last two filled.
      assertThat(description.files().get("val").windows()).isEqualTo(15);
      assertThat(description.files().get("train").windows()).isEqualTo(85);
      assertThat(description.files().get("train").groups()).contains("10000032");
      for (int index = 0; index < 5; index++) {
        float[] lead = row(window("train", index), 3, 2048);
        assertThat(mean(lead)).isCloseTo(0, within(1e-5));
        assertThat(deviation(lead)).isCloseTo(1, within(1e-4));
      }
      assertThat(description.source().sha256()).containsKey("record_list.csv").hasSize(41);
    }

    @Test
    void leadsStandInTheStandardOrderUnlessAsked() throws IOException {
      Path input = SmallDatasets.mimic(folder.resolve("mimic"), 2);
      prepare("mimic-iv-ecg", input, "--val_split_ratio=0");
      float[] standard = window("train", 0);
      prepare(
          "mimic-iv-ecg",
          input,
          "--val_split_ratio=0",
          "--channels=I,II,III,aVR,aVF,aVL,V1,V2,V3,V4,V5,V6");
      float[] published = window("train", 0);
      assertThat(row(published, 4, 2048)).isEqualTo(row(standard, 5, 2048));
      assertThat(row(published, 5, 2048)).isEqualTo(row(standard, 4, 2048));
    }

    @Test
    void patientsMayBeKeptTogether() throws IOException {
      DatasetDescription description =
          prepare(
              "mimic-iv-ecg",
              SmallDatasets.mimic(folder.resolve("mimic"), 20),
              "--split_by=subject",
              "--val_split_ratio=0.5");
      assertThat(description.files().get("train").groups())
          .doesNotContainAnyElementsOf(description.files().get("val").groups());
      assertThat(description.split()).startsWith("by patient: a share of 0.5");
    }

    @Test
    void recordsOutsideTheDirectoryAreNotRead() throws IOException {
      Path input = SmallDatasets.mimic(folder.resolve("mimic"), 2);
      Files.writeString(
          input.resolve("record_list.csv"),
          "subject_id,study_id,file_name,ecg_time,path\n1,1,x,,files/../../other/1\n");
      assertThat(run("mimic-iv-ecg", input, "--output_dir", prepared())).isEqualTo(1);
      assertThat(err.toString())
          .hasLineCount(1)
          .contains(
              "record_list.csv line 2: path is 'files/../../other/1'; expected a path below the"
                  + " directory of the data set");
      assertThat(prepared()).doesNotExist();
    }

    @Test
    void damagedRecordsMayBeLeftOut() throws IOException {
      Path input = SmallDatasets.mimic(folder.resolve("mimic"), 4);
      Files.write(input.resolve("files/p1000/p10000032/s40689239/40689239.dat"), new byte[100]);
      assertThat(run("mimic-iv-ecg", input, "--output_dir", prepared())).isEqualTo(1);
      assertThat(err.toString()).contains("40689239.dat: holds 100 bytes; expected 120000");
      DatasetDescription description =
          prepare("mimic-iv-ecg", input, "--skip_damaged", "--val_split_ratio=0.15");
      assertThat(out.toString())
          .contains("left out: ", "40689239.dat: holds 100 bytes", "1 damaged records");
      assertThat(
              description.files().values().stream()
                  .mapToLong(DatasetDescription.Part::windows)
                  .sum())
          .isEqualTo(15);
      assertThat(description.options()).containsEntry("damaged_left_out", 1);
    }
  }

  @Nested
  class Ludb {
    @Test
    void statementsOfTheTableBecomeLabels() throws IOException {
      Path input = folder.resolve("ludb");
      StringBuilder table =
          new StringBuilder("ID,Sex,Age,Rhythms,Electric axis of the heart,Hypertrophies\n");
      for (int i = 1; i <= 12; i++) {
        SmallDatasets.ecg(
            input.resolve("data"),
            Integer.toString(i),
            List.of("i", "ii", "iii", "avr", "avl", "avf", "v1", "v2", "v3", "v4", "v5", "v6"),
            5000);
        table.append(i).append(",\"F\n\",\"51\n\",");
        table.append(i <= 6 ? "Sinus rhythm" : "Atrial fibrillation").append(",Normal,");
        table.append(
            i % 2 == 0 ? "\"Left ventricular overload\nLeft atrial hypertrophy\"\n" : "\n");
      }
      table.append("13,M,51,Sinus rhythm,Normal,\n");
      Files.writeString(input.resolve("ludb.csv"), table);
      DatasetDescription description =
          prepare("ludb", input, "--columns=Rhythms,Hypertrophies", "--min_records=6");
      assertThat(out.toString()).contains("12 of the 13 records of the table are there");
      assertThat(description.labels())
          .containsExactly(
              "Atrial fibrillation",
              "Left atrial hypertrophy",
              "Left ventricular overload",
              "Sinus rhythm");
      assertThat(description.files().get("train").windows()).isEqualTo(8 * 4);
      assertThat(description.source().sha256()).containsKeys("ludb.csv", "data/1.dat");
    }

    @Test
    void theRealRecordsArePrepared() throws IOException {
      Path input = SharedRecordings.require("ludb");
      DatasetDescription description = prepare("ludb", input, "--min_records=20");
      assertThat(description.labels()).contains("Sinus rhythm", "Left ventricular hypertrophy");
      assertThat(description.files().get("train").groups()).hasSize(84);
      assertThat(description.files().get("val").groups()).hasSize(24);
      assertThat(description.files().get("test").groups()).hasSize(12);
    }
  }

  @Nested
  class Epn612 {
    private final List<String> gestures =
        List.of("noGesture", "waveIn", "waveOut", "pinch", "open", "fist");

    private Path input() throws IOException {
      Path input = folder.resolve("EPN612");
      for (int user = 1; user <= 10; user++) {
        SmallDatasets.epnUser(input, "training", user, gestures, gestures.subList(0, 2), 990);
      }
      List<String> many = new ArrayList<>();
      for (int repetition = 0; repetition < 12; repetition++) {
        many.add("fist");
        many.add("open");
      }
      many.add("notProvided");
      List<String> keptBack = new ArrayList<>();
      keptBack.add(null);
      SmallDatasets.epnUser(input, "testing", 1, many, keptBack, 1100);
      return input;
    }

    @Test
    void theUserDependentProtocolKnowsTenSamplesOfEachTestUser() throws IOException {
      DatasetDescription description = prepare("epn612", input());
      assertThat(description.labels()).isEqualTo(gestures);
      assertThat(description.files().get("train").windows()).isEqualTo(10 * 6 + 20);
      assertThat(description.files().get("val").windows()).isEqualTo(20);
      assertThat(description.files().get("test").windowsPerLabel())
          .containsEntry("fist", 2L)
          .containsEntry("open", 2L)
          .containsEntry("pinch", 0L);
    }

    @Test
    void theUserIndependentProtocolSharesNoUser() throws IOException {
      DatasetDescription description =
          prepare("epn612", input(), "--protocol=user-independent", "--val_split_ratio=0.2");
      assertThat(description.files().get("val").groups()).hasSize(2);
      assertThat(description.files().get("train").groups())
          .hasSize(8)
          .doesNotContainAnyElementsOf(description.files().get("val").groups());
      assertThat(description.files().get("train").windows()).isEqualTo(8 * 8);
      assertThat(description.files().get("test").groups()).containsExactly("testing/user1");
      assertThat(description.files().get("test").windows()).isEqualTo(24);
    }

    @Test
    void samplesAreFilledOrCutAndScaledByTheirLargest() throws IOException {
      prepare("epn612", input());
      // The first 20 windows are the testing user's.
      float[] first = row(window("train", 20), 7, 1024);
      assertThat(first[989]).isNotZero();
      assertThat(first[990]).isZero();
      // 80 counts times the sine of (0 + 1) / 9, of at most 80 counts.
      assertThat(first[0])
          .isCloseTo((float) Math.round(80 * Math.sin(1 / 9.0)) / 80, within(1e-6f));
      assertThat(row(window("test", 0), 0, 1024)[1023]).isNotZero();
    }

    @Test
    void theZipNeedNotBeUnpacked() throws IOException {
      DatasetDescription unpacked = prepare("epn612", input());
      Path zip = zip(folder.resolve("EPN612"), folder.resolve("EPN.zip"), "EMG-EPN612 Dataset/");
      DatasetDescription zipped = prepare("epn612", zip);
      assertThat(zipped.files()).isEqualTo(unpacked.files());
    }

    @Test
    void malformedSamplesAreNamed() throws IOException {
      Path input = input();
      Path file = input.resolve("trainingJSON/user3/user3.json");
      String json = Files.readString(file);
      Files.writeString(file, json.replaceFirst("\"ch5\": \\[", "\"ch5\": [\"x\", "));
      assertThat(run("epn612", input, "--output_dir", prepared())).isEqualTo(1);
      assertThat(err.toString())
          .contains("user3.json: trainingSamples.idx_1.emg.ch5[0] is x; expected");
      Files.writeString(file, json.replaceFirst("\"waveIn\"", "\"wave\""));
      assertThat(run("epn612", input, "--output_dir", prepared())).isEqualTo(1);
      assertThat(err.toString())
          .contains("training/user3: gestureName of idx_2 is 'wave'; expected one of");
      Files.writeString(file, json.substring(0, 2000));
      assertThat(run("epn612", input, "--output_dir", prepared())).isEqualTo(1);
      assertThat(err.toString()).contains("user3.json: not JSON at line 1 column");
    }
  }

  private static Path zip(Path directory, Path zip, String prefix) throws IOException {
    try (OutputStream file = Files.newOutputStream(zip);
        ZipOutputStream to = new ZipOutputStream(file);
        Stream<Path> files = Files.walk(directory)) {
      for (Path entry : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        to.putNextEntry(new ZipEntry(prefix + directory.relativize(entry)));
        Files.copy(entry, to);
        to.closeEntry();
      }
    }
    return zip;
  }

  @Nested
  class NinaproDb6 {
    private Path input() throws IOException {
      Path input = folder.resolve("db6");
      for (int subject = 1; subject <= 4; subject++) {
        SmallDatasets.ninapro(
            input.resolve("DB6_s" + subject + "_a/S" + subject + "_D1_T1.mat"),
            SmallDatasets.noise(16, 20_000, subject),
            new int[20_000],
            new int[20_000]);
      }
      return input;
    }

    @Test
    void eightChannelsOfTheWholeRecordingAreNormalised() throws IOException {
      DatasetDescription description = prepare("ninapro-db6", input());
      assertThat(description.channels()).hasSize(8);
      assertThat(description.sampleRateHz()).isEqualTo(2000);
      long windows =
          description.files().values().stream().mapToLong(DatasetDescription.Part::windows).sum();
      assertThat(windows).isEqualTo(4 * ((20_000 - 1024) / 512 + 1));
      // About a fifth: 148 draws.
      assertThat(description.files().get("val").windows()).isBetween(15L, 45L);
      float[] window = window("train", 0);
      for (int row = 0; row < 8; row++) {
        assertThat(deviation(row(window, row, 1024))).isCloseTo(1, within(0.12));
      }
    }

    @Test
    void subjectsMayBeKeptApart() throws IOException {
      DatasetDescription description =
          prepare("ninapro-db6", input(), "--split_by=subject", "--val_split_ratio=0.5");
      assertThat(description.files().get("train").groups())
          .doesNotContainAnyElementsOf(description.files().get("val").groups());
    }

    @Test
    void theTwoEmptyColumnsMayBeGoneAlready() throws IOException {
      Path input = folder.resolve("db6");
      for (String name : List.of("S1_D1_T1.mat", "S2_D1_T1.mat")) {
        SmallDatasets.ninapro(
            input.resolve(name), SmallDatasets.noise(14, 20_000, 1), new int[1], new int[1]);
      }
      assertThat(prepare("ninapro-db6", input).channels()).hasSize(8);
    }

    @Test
    void whatIsMissingIsNamed() throws IOException {
      Path input = folder.resolve("db6");
      Path file = input.resolve("S1_D1_T1.mat");
      SmallDatasets.ninapro(file, SmallDatasets.noise(12, 5000, 1), new int[1], new int[1]);
      assertThat(run("ninapro-db6", input, "--output_dir", prepared())).isEqualTo(1);
      assertThat(err.toString()).contains("S1_D1_T1.mat: emg has 12 columns; expected 16, or 14");
      float[][] noise = SmallDatasets.noise(16, 5000, 1);
      noise[3][77] = Float.NaN;
      SmallDatasets.ninapro(file, noise, new int[1], new int[1]);
      assertThat(run("ninapro-db6", input, "--output_dir", prepared())).isEqualTo(1);
      assertThat(err.toString()).contains("S1_D1_T1.mat: emg[77][3] is NaN; expected finite");
      Files.writeString(file, "MATLAB 7.3 MAT-file, Platform: GLNXA64");
      assertThat(run("ninapro-db6", input, "--output_dir", prepared())).isEqualTo(1);
      assertThat(err.toString()).contains("S1_D1_T1.mat: a MAT 7.3 file (HDF5); expected MAT 5");
      Files.writeString(file, "no MAT file");
      assertThat(run("ninapro-db6", input, "--output_dir", prepared())).isEqualTo(1);
      assertThat(err.toString()).contains("S1_D1_T1.mat: not a MAT 5 file that can be read");
      Files.delete(file);
      assertThat(run("ninapro-db6", input, "--output_dir", prepared())).isEqualTo(1);
      assertThat(err.toString()).contains("none of its 0 files fits; expected S1_D1_T1.mat");
      assertThat(run("ninapro-db6", input, "--output_dir", prepared(), "--download")).isEqualTo(1);
      assertThat(err.toString()).contains("https://ninapro.hevs.ch/", "register there");
    }
  }

  @Nested
  class NinaproDb5 {
    private static final int HELD = 800;

    /** Six repetitions of two movements, each followed by rest that counts to the repetition. */
    private void exercise(Path file, int firstMovement) throws IOException {
      int[] movement = new int[24 * HELD];
      int[] repetition = new int[24 * HELD];
      for (int stretch = 0; stretch < 24; stretch++) {
        int number = stretch % 2 == 0 ? firstMovement + stretch / 12 : 0;
        for (int t = stretch * HELD; t < (stretch + 1) * HELD; t++) {
          movement[t] = number;
          repetition[t] = stretch / 2 % 6 + 1;
        }
      }
      SmallDatasets.ninapro(
          file, SmallDatasets.noise(16, 24 * HELD, firstMovement), movement, repetition);
    }

    private Path input() throws IOException {
      Path input = folder.resolve("db5");
      exercise(input.resolve("s1/S1_E1_A1.mat"), 1);
      exercise(input.resolve("s1/S1_E2_A1.mat"), 16);
      exercise(input.resolve("s9/S9_E3_A1.mat"), 22);
      return input;
    }

    @Test
    void movementsAreNumberedThroughAndDividedByRepetition() throws IOException {
      DatasetDescription description = prepare("ninapro-db5", input());
      assertThat(description.labels()).hasSize(53).startsWith("rest", "E1.1");
      assertThat(description.channels()).hasSize(16);
      // Three windows of 512 every 128 fit into 800 samples; four repetitions train.
      assertThat(description.files().get("train").windowsPerLabel())
          .containsEntry("E1.1", 12L)
          .containsEntry("E1.2", 12L)
          .containsEntry("E2.16", 12L)
          .containsEntry("E2.17", 12L)
          .containsEntry("E3.22", 12L)
          .containsEntry("E3.23", 12L)
          .containsEntry("E1.3", 0L);
      assertThat(description.files().get("val").windowsPerLabel()).containsEntry("E3.23", 3L);
      assertThat(description.files().get("test").windowsPerLabel()).containsEntry("E1.1", 3L);
      // Rest comes down from 72 windows to about as many as a movement has.
      assertThat(description.files().get("train").windowsPerLabel().get("rest")).isBetween(3L, 25L);
      float[] window = window("train", 0);
      for (int row = 0; row < 16; row++) {
        float largest = 0;
        for (float value : row(window, row, 512)) {
          largest = Math.max(largest, Math.abs(value));
        }
        assertThat(largest).isEqualTo(1);
      }
    }

    @Test
    void subjectsMayBeKeptApartAndZipFilesRead() throws IOException {
      Path input = input();
      Path zips = Files.createDirectories(folder.resolve("zips"));
      zip(input.resolve("s1"), zips.resolve("s1.zip"), "s1/");
      zip(input.resolve("s9"), zips.resolve("s9.zip"), "s9/");
      DatasetDescription description = prepare("ninapro-db5", zips, "--split_by=subject");
      assertThat(description.files().get("train").groups()).containsExactly("s1");
      assertThat(description.files().get("val").groups()).containsExactly("s9");
      assertThat(description.files()).doesNotContainKey("test");
    }

    @Test
    void movementsThatTheExerciseDoesNotHaveAreRefused() throws IOException {
      Path input = folder.resolve("db5");
      exercise(input.resolve("S1_E1_A1.mat"), 12);
      assertThat(run("ninapro-db5", input, "--output_dir", prepared())).isEqualTo(1);
      assertThat(err.toString())
          .contains("S1_E1_A1.mat: restimulus goes up to 13; expected at most 12 in exercise 1");
    }

    @Test
    void aRepetitionIsInOnePartOnly() throws IOException {
      assertThat(
              run("ninapro-db5", input(), "--output_dir", prepared(), "--val_reps=1", "--seed=1"))
          .isEqualTo(1);
      assertThat(err.toString()).contains("repetition 1 is asked for in two parts");
    }
  }

  /** Real recordings beside the repository, on machines that have them. */
  private static final class SharedRecordings {
    private static Path require(String name) {
      Path root = Path.of("").toAbsolutePath();
      while (root != null && !Files.isDirectory(root.resolve(".mvn"))) {
        root = root.getParent();
      }
      Assumptions.assumeTrue(root != null, "not run inside the repository");
      Path found = root.resolveSibling("shared").resolve("data").resolve(name);
      Assumptions.assumeTrue(Files.exists(found), "no real recordings at " + found);
      return found;
    }
  }
}
