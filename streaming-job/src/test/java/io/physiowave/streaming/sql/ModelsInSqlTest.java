package io.physiowave.streaming.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.core.card.Decision;
import io.physiowave.core.card.ModelCard;
import io.physiowave.streaming.testing.TestModels;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CollectionUtil;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries with a model, by Flink's planner and in its own cluster. */
class ModelsInSqlTest {
  private static final ModelCard CARD = TestModels.emg(new Decision(List.of(), 0.6, 1));
  private static final String WINDOW = "samples ARRAY<ARRAY<FLOAT>>";
  private static final String ALL_COLUMNS =
      "label STRING, probability DOUBLE, probabilities MAP<STRING, DOUBLE>, reason STRING";

  @TempDir Path folder;
  private StreamExecutionEnvironment flink;
  private StreamTableEnvironment tables;

  @BeforeEach
  void makeTables() {
    flink = StreamExecutionEnvironment.getExecutionEnvironment().setParallelism(1);
    tables = StreamTableEnvironment.create(flink);
  }

  private void createModel(Path file, String input, String output, String more) {
    tables.executeSql(
        "CREATE TEMPORARY MODEL gestures INPUT (%s) OUTPUT (%s) WITH ('provider' = 'physiowave', 'location' = '%s'%s)"
            .formatted(input, output, file, more));
  }

  private void createWindows(Float[][]... windows) {
    tables.createTemporaryView(
        "windows",
        tables.fromDataStream(
            flink.fromData(
                IntStream.range(0, windows.length).mapToObj(i -> Row.of(i, windows[i])).toList(),
                Types.ROW_NAMED(
                    new String[] {"id", "samples"},
                    Types.INT,
                    Types.OBJECT_ARRAY(Types.OBJECT_ARRAY(Types.FLOAT)))),
            Schema.newBuilder()
                .column("id", DataTypes.INT())
                .column("samples", DataTypes.ARRAY(DataTypes.ARRAY(DataTypes.FLOAT())))
                .build()));
  }

  /** A window whose class is {@code level}, when that is a whole number. */
  private static Float[][] window(double level) {
    Float[] row = new Float[TestModels.EMG_WINDOW];
    Arrays.fill(row, (float) level);
    return new Float[][] {row, row.clone()};
  }

  private List<Row> predict(String columns, String configuration) throws Exception {
    String query =
        "SELECT id, %s FROM ML_PREDICT(TABLE windows, MODEL gestures, DESCRIPTOR(samples)%s)"
            .formatted(columns, configuration);
    List<Row> rows = CollectionUtil.iteratorToList(tables.executeSql(query).collect());
    rows.sort(Comparator.comparingInt(row -> row.<Integer>getFieldAs("id")));
    return rows;
  }

  private static String asynchronous(boolean is) {
    return ", MAP['async', '" + is + "']";
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void saysOfEachWindowWhatTheJobWouldSay(boolean async) throws Exception {
    createModel(TestModels.write(folder, CARD), WINDOW, ALL_COLUMNS, "");
    Float[][] spoilt = window(1);
    spoilt[1][7] = Float.NaN;
    createWindows(
        window(2),
        window(0.5),
        null,
        new Float[][] {window(1)[0]},
        new Float[][] {window(1)[0], {1f}},
        spoilt);

    List<Row> rows =
        predict(
            "label, probability > 0.6, probabilities['WAVE'] = probability, reason",
            asynchronous(async));

    assertThat(rows)
        .containsExactly(
            Row.of(0, "WAVE", true, true, null),
            Row.of(1, null, null, null, "probability 0.50 of REST is below 0.60"),
            Row.of(2, null, null, null, "the window is NULL"),
            Row.of(3, null, null, null, "the window has 1 rows; expected 2"),
            Row.of(4, null, null, null, "row 1 has 1 samples; expected 40"),
            Row.of(5, null, null, null, "sample 7 of row 1 is NULL or not finite"));
  }

  @Test
  void putsManyWindowsToTheModelTogetherAndEachAnswerToItsWindow() throws Exception {
    createModel(TestModels.write(folder, CARD), WINDOW, "label STRING", ", 'max-batch' = '16'");
    createWindows(
        IntStream.range(0, 500).mapToObj(i -> window(i * 7 % 3)).toArray(Float[][][]::new));

    List<Row> rows = predict("label", ", MAP['async', 'true', 'max-concurrent-operations', '100']");

    assertThat(rows)
        .extracting(row -> row.<String>getFieldAs("label"))
        .containsExactlyElementsOf(
            IntStream.range(0, 500).mapToObj(i -> CARD.labels().get(i * 7 % 3)).toList());
  }

  @Nested
  class IsRefusedWhen {
    private void assertRefused(Path file, String input, String output, String more, String text) {
      createModel(file, input, output, more);
      createWindows(window(1));
      assertThatThrownBy(() -> predict("label", ""))
          .satisfies(
              failure -> assertThat(ExceptionUtils.stringifyException(failure)).contains(text));
    }

    @Test
    void theFileIsNotThere() {
      assertRefused(
          folder.resolve("none.onnx"), WINDOW, "label STRING", "", "none.onnx: no such model file");
    }

    @Test
    void theModelHasNoLabels() {
      assertRefused(
          TestModels.write(folder, TestModels.encoder(), 1),
          WINDOW,
          "label STRING",
          "",
          "the model is an encoder");
    }

    @Test
    void theInputIsNoWindow() {
      assertRefused(
          TestModels.write(folder, CARD),
          "samples ARRAY<ARRAY<DOUBLE>>",
          "label STRING",
          "",
          "INPUT of the model is [`samples` ARRAY<ARRAY<DOUBLE>>]; expected one column of type"
              + " ARRAY<ARRAY<FLOAT>>");
    }

    @ParameterizedTest
    @CsvSource({
      "'label STRING, score DOUBLE', `score` DOUBLE",
      "'label STRING, probability FLOAT', `probability` FLOAT"
    })
    void itHasNoSuchColumn(String output, String column) {
      assertRefused(
          TestModels.write(folder, CARD),
          WINDOW,
          output,
          "",
          "OUTPUT of the model has "
              + column
              + "; expected columns among [label STRING, probability DOUBLE,");
    }

    @ParameterizedTest
    @CsvSource({
      "colour, green, Unsupported options: colour",
      "device, gpu, 'device is ''gpu''; expected auto, cpu, cuda:N or tensorrt:N'",
      "max-batch, 0, inference.max-batch is 0; expected 1 to 4096"
    })
    void anOptionIsNotOne(String key, String value, String text) {
      assertRefused(
          TestModels.write(folder, CARD),
          WINDOW,
          "label STRING",
          ", '%s' = '%s'".formatted(key, value),
          text.replace(": colour", ""));
    }
  }
}
