package io.physiowave.streaming.sql;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;

/** What a model may be asked for, by the name of the column; any of them, in any order. */
enum PredictionColumn {
  /** The most probable label, or NULL when the window has none. */
  LABEL(DataTypes.STRING(), prediction -> text(prediction.label())),
  /** Its probability, 0 to 1, or NULL. */
  PROBABILITY(DataTypes.DOUBLE(), prediction -> prediction.probability()),
  /** Those of all labels, or NULL when the window was not put to the model. */
  PROBABILITIES(
      DataTypes.MAP(DataTypes.STRING(), DataTypes.DOUBLE()), PredictionColumn::probabilities),
  /** Why there is no label, or NULL when there is one. */
  REASON(DataTypes.STRING(), prediction -> text(prediction.reason()));

  @SuppressWarnings("ImmutableEnumChecker") // values of Flink's, which nobody changes
  private final DataType type;

  @SuppressWarnings("ImmutableEnumChecker") // without state
  private final Function<Prediction, Object> value;

  PredictionColumn(DataType type, Function<Prediction, Object> value) {
    this.type = type;
    this.value = value;
  }

  /**
   * The columns that a model declares.
   *
   * @throws ValidationException when one has another name or type
   */
  static List<PredictionColumn> of(ResolvedSchema declared) {
    return declared.getColumns().stream().map(PredictionColumn::of).toList();
  }

  private static PredictionColumn of(Column declared) {
    LogicalType type = nullable(declared.getDataType());
    return Arrays.stream(values())
        .filter(column -> column.columnName().equals(declared.getName()))
        .filter(column -> nullable(column.type).equals(type))
        .findFirst()
        .orElseThrow(
            () ->
                new ValidationException(
                    "OUTPUT of the model has "
                        + declared.asSummaryString()
                        + "; expected columns among "
                        + Arrays.stream(values())
                            .map(column -> column.columnName() + " " + column.type)
                            .toList()));
  }

  private static LogicalType nullable(DataType type) {
    return type.nullable().getLogicalType();
  }

  private String columnName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The column's value in Flink's internal form. */
  Object of(Prediction prediction) {
    return value.apply(prediction);
  }

  private static Object text(String text) {
    return text == null ? null : StringData.fromString(text);
  }

  private static Object probabilities(Prediction prediction) {
    if (prediction.probabilities() == null) {
      return null;
    }
    Map<StringData, Double> values = new LinkedHashMap<>();
    for (int i = 0; i < prediction.labels().size(); i++) {
      values.put(
          StringData.fromString(prediction.labels().get(i)),
          (double) prediction.probabilities()[i]);
    }
    return new GenericMapData(values);
  }
}
