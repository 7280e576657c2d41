package io.physiowave.streaming.sql;

import io.physiowave.core.card.ModelCard;
import java.util.Locale;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/** The model's one input: a window as {@code ARRAY<ARRAY<FLOAT>>}, {@code [rows][samples]}. */
final class WindowColumn {
  private final int rows;
  private final int samples;

  WindowColumn(ModelCard card) {
    rows = card.inputRows();
    samples = card.windowSamples();
  }

  /**
   * Holds a declared input against it.
   *
   * @throws ValidationException when it is another one
   */
  static void check(ResolvedSchema declared) {
    if (declared.getColumnCount() != 1 || !isWindow(type(declared.getColumns().get(0)))) {
      throw new ValidationException(
          "INPUT of the model is "
              + declared.getColumns().stream().map(Column::asSummaryString).toList()
              + "; expected one column of type "
              + DataTypes.ARRAY(DataTypes.ARRAY(DataTypes.FLOAT()))
              + ", a window as [rows][samples]");
    }
  }

  private static LogicalType type(Column column) {
    return column.getDataType().getLogicalType();
  }

  private static boolean isWindow(LogicalType type) {
    return type instanceof ArrayType window
        && window.getElementType() instanceof ArrayType row
        && row.getElementType().is(LogicalTypeRoot.FLOAT);
  }

  /** Floats a window. */
  int size() {
    return rows * samples;
  }

  /**
   * Copies a window.
   *
   * @param row the query's arguments
   * @param into {@code float[rows * samples]}, row after row
   * @return what is wrong with the window and was expected; empty for nothing
   */
  String read(RowData row, float[] into) {
    if (row.isNullAt(0)) {
      return "the window is NULL";
    }
    ArrayData window = row.getArray(0);
    if (window.size() != rows) {
      return wrong("the window has %d rows; expected %d", window.size(), rows);
    }
    for (int i = 0; i < rows; i++) {
      if (window.isNullAt(i)) {
        return wrong("row %d of the window is NULL", i);
      }
      ArrayData values = window.getArray(i);
      if (values.size() != samples) {
        return wrong("row %d has %d samples; expected %d", i, values.size(), samples);
      }
      for (int t = 0; t < samples; t++) {
        float value = values.isNullAt(t) ? Float.NaN : values.getFloat(t);
        if (!Float.isFinite(value)) {
          return wrong("sample %d of row %d is NULL or not finite", t, i);
        }
        into[i * samples + t] = value;
      }
    }
    return "";
  }

  private static String wrong(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
