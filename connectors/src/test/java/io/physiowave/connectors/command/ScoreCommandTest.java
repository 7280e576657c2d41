package io.physiowave.connectors.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.physiowave.connectors.recording.wfdb.AnnotationWriter;
import io.physiowave.connectors.recording.wfdb.WfdbAnnotation;
import io.physiowave.connectors.recording.wfdb.WfdbAnnotations;
import io.physiowave.connectors.testing.CommandRun;
import io.physiowave.connectors.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreCommandTest {
  private static final int RATE = 360;

  @TempDir Path directory;
  private Path references;
  private Path tests;

  @BeforeEach
  void twoRecords() throws IOException {
    references = Files.createDirectory(directory.resolve("reference"));
    tests = Files.createDirectory(directory.resolve("test"));
    // Of ten beats from 300 s on, one V is missed, one N is called V and one S is called N.
    reference("a", "N", "N", "V", "N", "S", "N", "V", "N", "N", "N");
    test("a", "N", "V", "V", "N", "N", "N", "", "N", "N", "N");
    reference("b", "N", "V", "N");
    test("b", "N", "V", "N");
  }

  @Test
  void directories_are_compared_record_by_record_as_json() throws IOException {
    JsonNode json = json("--reference", references, "--test", tests, "--json");
    assertThat(json.at("/records/0/record").asText()).isEqualTo("a");
    assertThat(json.at("/records/1/record").asText()).isEqualTo("b");
    assertFigures(json.at("/records/0/qrs"), 9.0 / 10, 1);
    assertFigures(json.at("/records/0/veb"), 1.0 / 2, 1.0 / 2);
    assertThat(json.at("/records/0/sveb/sensitivity").asDouble(-1)).isZero();
    assertThat(json.at("/records/0/sveb/positivePredictivity").isNull()).isTrue();
    assertFigures(json.at("/gross/qrs"), 12.0 / 13, 1);
    assertFigures(json.at("/gross/veb"), 2.0 / 3, 2.0 / 3);
    assertFigures(json.at("/average/qrs"), 0.95, 1);
    assertFigures(json.at("/average/veb"), 0.75, 0.75);
    assertThat(json.at("/average/sveb/sensitivity").asDouble(-1)).isZero();
    assertThat(json.at("/gross/confusion/labels"))
        .extracting(JsonNode::asText)
        .containsExactly("N", "S", "V", "F", "Q", "O", "X");
    assertThat(json.at("/gross/confusion/counts/0/2").asInt()).as("N called V").isEqualTo(1);
    assertThat(json.at("/gross/confusion/counts/2/5").asInt()).as("V missed").isEqualTo(1);
    assertThat(json.at("/gross/veb/falsePositives").asInt()).isEqualTo(1);
  }

  @Test
  void files_are_compared_as_a_table() {
    CommandRun run =
        CommandRun.of(
            new ScoreCommand(),
            "--reference",
            references.resolve("a.atr"),
            references.resolve("b.atr"),
            "--test",
            tests.resolve("a.pwb"),
            tests.resolve("b.pwb"));
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines().map(line -> line.replaceAll(" +", " ")))
        .contains(
            "Record QRS Se QRS +P VEB Se VEB +P SVEB Se SVEB +P",
            "a 90.00 100.00 50.00 50.00 0.00 -",
            "Gross 92.31 100.00 66.67 66.67 0.00 -",
            "Average 95.00 100.00 75.00 75.00 0.00 -",
            "N 8 0 1 0 0 0 0");
  }

  @Test
  void the_time_for_learning_may_be_changed() throws IOException {
    JsonNode json = json("--reference", references, "--test", tests, "--json", "--start", 304.5);
    assertThat(json.at("/records/0/qrs/truePositives").asInt()).isEqualTo(4);
  }

  @Nested
  class Trouble {
    @Test
    void with_a_missing_file_is_named_on_one_line() {
      assertFails(
          references.resolve("a.atr"),
          tests.resolve("z.pwb"),
          tests.resolve("z.pwb") + ": no such annotation file");
    }

    @Test
    void with_a_file_that_holds_no_annotations_is_named_on_one_line() throws IOException {
      Path odd = Files.writeString(tests.resolve("odd.pwb"), "not annotations");
      assertFails(references.resolve("a.atr"), odd, odd + " byte ");
    }

    @Test
    void with_a_missing_header_asks_for_the_rate() throws IOException {
      Files.delete(references.resolve("a.hea"));
      assertFails(
          references.resolve("a.atr"), tests.resolve("a.pwb"), "expected it there, or --rate");
    }

    @Test
    void with_a_record_that_ends_in_the_learning_time_says_so() throws IOException {
      Files.writeString(references.resolve("a.hea"), "a 0 360 3600\n");
      assertFails(
          references.resolve("a.atr"),
          tests.resolve("a.pwb"),
          "the record ends after 10.0 s, before the comparison starts at 300.0 s");
    }

    @Test
    void with_an_empty_directory_is_said() throws IOException {
      Path empty = Files.createDirectory(directory.resolve("empty"));
      assertFails(references, empty, empty + ": holds no annotation file");
    }

    private void assertFails(Path reference, Path test, String message) {
      CommandRun run = CommandRun.of(new ScoreCommand(), "--reference", reference, "--test", test);
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).startsWith("score: ").contains(message).hasLineCount(1);
    }
  }

  @Test
  void a_real_reference_agrees_with_itself() throws IOException {
    Path mitdb = SharedData.require("mitdb");
    JsonNode json =
        json("--reference", mitdb, "--test", mitdb, "--test-annotator", "atr", "--json");
    assertThat(json.at("/records")).hasSize(22);
    assertFigures(json.at("/gross/qrs"), 1, 1);
    assertFigures(json.at("/gross/veb"), 1, 1);
    assertFigures(json.at("/average/sveb"), 1, 1);
  }

  private static void assertFigures(JsonNode node, double sensitivity, double predictivity) {
    assertThat(node.get("sensitivity").asDouble()).isCloseTo(sensitivity, within(1e-9));
    assertThat(node.get("positivePredictivity").asDouble()).isCloseTo(predictivity, within(1e-9));
  }

  private static JsonNode json(Object... arguments) throws IOException {
    CommandRun run = CommandRun.of(new ScoreCommand(), arguments);
    assertThat(run.err()).isEmpty();
    return new ObjectMapper().readTree(run.out());
  }

  private void reference(String record, String... labels) throws IOException {
    Files.writeString(references.resolve(record + ".hea"), record + " 0 360 " + 400L * RATE + "\n");
    write(references.resolve(record + ".atr"), labels);
  }

  private void test(String record, String... labels) throws IOException {
    write(tests.resolve(record + ".pwb"), labels);
  }

  /** A beat a second, the first of them compared at 300 s; an empty label leaves one out. */
  private static void write(Path file, String... labels) throws IOException {
    List<WfdbAnnotation> beats = new ArrayList<>();
    beats.add(WfdbAnnotation.at(298L * RATE, "N"));
    for (int i = 0; i < labels.length; i++) {
      if (!labels[i].isEmpty()) {
        beats.add(WfdbAnnotation.at((300L + i) * RATE + 10, labels[i]));
      }
    }
    AnnotationWriter.write(file, new WfdbAnnotations(beats, OptionalDouble.empty()));
  }
}
