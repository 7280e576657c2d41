package io.physiowave.training.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.physiowave.connectors.command.CommandRunner;
import io.physiowave.training.prepare.SmallDatasets;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A preparation that was interrupted gives the same files as one that was not. */
class PrepareResumeTest {
  private static final String JOURNAL = "preparation.journal";

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private static List<String> arguments(Path input, Path output, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("mimic-iv-ecg", input.toString(), "--output_dir", output.toString()));
    Collections.addAll(arguments, more);
    return arguments;
  }

  private int run(Path input, Path output, String... more) {
    return CommandRunner.run(
        new PrepareCommand(),
        new PrintWriter(out),
        new PrintWriter(err),
        arguments(input, output, more).toArray(String[]::new));
  }

  private void assertSameFiles(Path interrupted, Path whole) throws IOException {
    for (String file : List.of("train.h5", "val.h5")) {
      assertThat(interrupted.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
    }
    String options = "(?m)^ *\"output_dir\".*$";
    assertThat(Files.readString(interrupted.resolve("dataset.json")).replaceAll(options, ""))
        .isEqualTo(Files.readString(whole.resolve("dataset.json")).replaceAll(options, ""));
    try (Stream<Path> left = Files.list(interrupted)) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("train.h5", "val.h5", "dataset.json");
    }
  }

  /** A data set whose fifth record is damaged, prepared as far as it goes. */
  private Path stoppedHalfWay(Path output) throws IOException {
    Path input = SmallDatasets.mimic(folder.resolve("mimic"), 8);
    Path data = input.resolve("files/p1000/p10000034/s40689242/40689242.dat");
    byte[] content = Files.readAllBytes(data);
    Files.write(data, new byte[10]);
    assertThat(run(input, output)).isEqualTo(CommandRunner.FAILURE);
    assertThat(err.toString()).contains("40689242.dat: holds 10 bytes");
    assertThat(output.resolve("train.h5")).doesNotExist();
    assertThat(Files.readAllLines(output.resolve(JOURNAL))).hasSize(5);
    Files.write(data, content);
    return input;
  }

  @Test
  void aRepairedInputIsGoneOnWith() throws IOException {
    Path output = folder.resolve("out");
    Path input = stoppedHalfWay(output);
    assertThat(run(input, output)).as(err.toString()).isZero();
    assertThat(out.toString()).contains("goes on after 4 items");
    Path whole = folder.resolve("whole");
    assertThat(run(input, whole)).isZero();
    assertSameFiles(output, whole);
  }

  @Test
  void whatACrashCutOffIsPreparedAgain() throws IOException {
    Path output = folder.resolve("out");
    Path input = stoppedHalfWay(output);
    byte[] journal = Files.readAllBytes(output.resolve(JOURNAL));
    Files.write(output.resolve(JOURNAL), Arrays.copyOf(journal, journal.length - 20));
    Files.write(output.resolve("train.h5.partial"), new byte[12345], StandardOpenOption.APPEND);
    assertThat(run(input, output)).as(err.toString()).isZero();
    assertThat(out.toString()).contains("goes on after 3 items");
    Path whole = folder.resolve("whole");
    assertThat(run(input, whole)).isZero();
    assertSameFiles(output, whole);
  }

  @Test
  void otherOptionsOrAnotherInputAreRefused() throws IOException {
    Path output = folder.resolve("out");
    Path input = stoppedHalfWay(output);
    assertThat(run(input, output, "--seed=7")).isEqualTo(CommandRunner.FAILURE);
    assertThat(err.toString())
        .contains(JOURNAL)
        .contains("with --seed '42', now it is '7'; expected the same to go on, or --restart");
    Path table = input.resolve("record_list.csv");
    Files.writeString(table, Files.readString(table) + "\n");
    assertThat(run(input, output)).isEqualTo(CommandRunner.FAILURE);
    assertThat(err.toString()).contains("with SHA-256 of record_list.csv '");
    assertThat(run(input, output, "--seed=7", "--restart")).as(err.toString()).isZero();
  }

  @Test
  void filesThatAreGoneAreNamed() throws IOException {
    Path output = folder.resolve("out");
    Path input = stoppedHalfWay(output);
    Files.delete(output.resolve("train.h5.partial"));
    assertThat(run(input, output)).isEqualTo(CommandRunner.FAILURE);
    assertThat(err.toString()).contains("train.h5.partial: no such file; expected");
  }

  @Test
  void aCrashBetweenTheFinalNamesIsGoneOnWith() throws IOException {
    Path input = SmallDatasets.mimic(folder.resolve("mimic"), 8);
    Path whole = folder.resolve("whole");
    assertThat(run(input, whole)).isZero();
    Path output = folder.resolve("out");
    // The second file cannot get its name, as if the crash came after the first had got it.
    Files.createDirectories(output.resolve("val.h5/in the way"));
    assertThat(run(input, output)).isEqualTo(CommandRunner.FAILURE);
    assertThat(output.resolve("train.h5")).exists();
    Files.delete(output.resolve("val.h5/in the way"));
    Files.delete(output.resolve("val.h5"));
    assertThat(run(input, output)).as(err.toString()).isZero();
    assertSameFiles(output, whole);
  }

  @Test
  void aKilledProcessIsGoneOnWith() throws IOException, InterruptedException {
    Path input = SmallDatasets.mimic(folder.resolve("mimic"), 10);
    Path table = input.resolve("record_list.csv");
    List<String> rows = Files.readAllLines(table);
    List<String> many = new ArrayList<>(List.of(rows.get(0)));
    for (int i = 0; i < 100; i++) {
      many.addAll(rows.subList(1, rows.size()));
    }
    Files.write(table, many);
    String[] small = {"--channels=I", "--window=256", "--hop=256", "--no_progress"};
    Path output = folder.resolve("out");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                TrainingCommand.class.getName(),
                "prepare"));
    command.addAll(arguments(input, output, small));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("process.log").toFile())
            .start();
    await()
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> !process.isAlive() || lines(output.resolve(JOURNAL)) > 10);
    process.destroyForcibly().waitFor();
    assertThat(output.resolve("train.h5"))
        .as("interrupted; it said " + Files.readString(folder.resolve("process.log")))
        .doesNotExist();
    assertThat(run(input, output, small)).as(err.toString()).isZero();
    assertThat(out.toString()).contains("goes on after");
    Path whole = folder.resolve("whole");
    assertThat(run(input, whole, small)).isZero();
    assertSameFiles(output, whole);
  }

  private static long lines(Path file) throws IOException {
    return Files.exists(file) ? Files.readString(file).lines().count() : 0;
  }
}
