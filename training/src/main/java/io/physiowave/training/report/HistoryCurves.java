package io.physiowave.training.report;

import io.physiowave.training.run.TrainingHistory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The curves of a training over its epochs, as PNG pictures. */
final class HistoryCurves {
  private HistoryCurves() {}

  /**
   * The pictures by name: {@code loss_curves}, {@code metric_curves} and {@code learning_rate},
   * those for which there are figures.
   */
  static Map<String, byte[]> pictures(TrainingHistory history) throws IOException {
    Map<String, byte[]> pictures = new LinkedHashMap<>();
    // Hamming loss is a share of labels and stands with the other shares.
    Predicate<String> loss = name -> name.endsWith("_loss") && !name.contains("hamming");
    Predicate<String> rate = name -> name.startsWith("learning");
    add(pictures, "loss_curves", "Loss", history, loss);
    add(pictures, "metric_curves", "Figures", history, loss.or(rate).negate());
    add(pictures, "learning_rate", "Learning rate", history, rate);
    return pictures;
  }

  private static void add(
      Map<String, byte[]> pictures,
      String name,
      String title,
      TrainingHistory history,
      Predicate<String> shown)
      throws IOException {
    XYChart chart =
        new XYChartBuilder().width(900).height(500).title(title).xAxisTitle("epoch").build();
    double[] epochs = IntStream.rangeClosed(1, history.epochs()).asDoubleStream().toArray();
    for (Map.Entry<String, List<Double>> column : history.columns().entrySet()) {
      double[] values = column.getValue().stream().mapToDouble(Double::doubleValue).toArray();
      // A curve without a single point would have no range to draw.
      boolean drawable =
          IntStream.range(0, values.length).anyMatch(i -> Double.isFinite(values[i]));
      if (shown.test(column.getKey()) && drawable) {
        chart.addSeries(column.getKey(), epochs, values).setMarker(SeriesMarkers.CIRCLE);
      }
    }
    if (!chart.getSeriesMap().isEmpty()) {
      ByteArrayOutputStream image = new ByteArrayOutputStream();
      BitmapEncoder.saveBitmap(chart, image, BitmapFormat.PNG);
      pictures.put(name, image.toByteArray());
    }
  }
}
