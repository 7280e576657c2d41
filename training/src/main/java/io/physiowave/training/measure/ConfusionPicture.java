package io.physiowave.training.measure;

import io.physiowave.core.score.ConfusionMatrix;
import io.physiowave.training.run.AtomicFile;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;

/** A confusion matrix as a PNG, each row in shares of its true class. */
public final class ConfusionPicture {
  private ConfusionPicture() {}

  /**
   * Replaces the picture.
   *
   * @param labels class names in order
   */
  public static void write(ConfusionMatrix confusion, List<String> labels, String title, Path file)
      throws IOException {
    HeatMapChart chart =
        new HeatMapChartBuilder()
            .width(200 + 80 * labels.size())
            .height(150 + 60 * labels.size())
            .title(title)
            .xAxisTitle("predicted")
            .yAxisTitle("true")
            .build();
    chart.getStyler().setShowValue(true);
    chart.getStyler().setHeatMapValueDecimalPattern("0.000");
    chart.getStyler().setRangeColors(new Color[] {Color.WHITE, new Color(0x2F, 0x6F, 0xB0)});
    chart.getStyler().setMin(0);
    chart.getStyler().setMax(1);
    List<String> upwards = new ArrayList<>(labels);
    Collections.reverse(upwards);
    List<Number[]> cells = new ArrayList<>();
    for (int predicted = 0; predicted < labels.size(); predicted++) {
      for (int row = 0; row < labels.size(); row++) {
        int truth = labels.size() - 1 - row;
        double support = (double) Math.max(1, confusion.support(truth));
        cells.add(
            new Number[] {predicted, row, (double) confusion.count(truth, predicted) / support});
      }
    }
    chart.addSeries("share of the true class", labels, upwards, cells);
    ByteArrayOutputStream image = new ByteArrayOutputStream();
    BitmapEncoder.saveBitmap(chart, image, BitmapFormat.PNG);
    AtomicFile.write(file, image::writeTo);
  }
}
