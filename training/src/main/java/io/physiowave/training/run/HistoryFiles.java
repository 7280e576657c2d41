package io.physiowave.training.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Writes a training history into an output folder: JSON, CSV and pictures of its curves. */
public final class HistoryFiles {
  private HistoryFiles() {}

  /** Replaces the files; an epoch must have passed. */
  public static void write(TrainingHistory history, Path folder) throws IOException {
    AtomicFile.write(folder.resolve("training_history.json"), history.toJson());
    AtomicFile.write(folder.resolve("training_history.csv"), history.toCsv());
    List<String> losses = new ArrayList<>();
    List<String> figures = new ArrayList<>();
    for (String name : history.columns().keySet()) {
      if (name.endsWith("loss")) {
        losses.add(name);
      } else if (!name.startsWith("learning")) {
        figures.add(name);
      }
    }
    chart(history, losses, "Loss", folder.resolve("loss_curves.png"));
    chart(history, figures, "Figures", folder.resolve("metric_curves.png"));
  }

  private static void chart(TrainingHistory history, List<String> names, String title, Path file)
      throws IOException {
    XYChart chart =
        new XYChartBuilder().width(900).height(500).title(title).xAxisTitle("epoch").build();
    double[] epochs = IntStream.range(0, history.epochs()).asDoubleStream().toArray();
    for (Map.Entry<String, List<Double>> column : history.columns().entrySet()) {
      if (names.contains(column.getKey())) {
        double[] values = column.getValue().stream().mapToDouble(Double::doubleValue).toArray();
        chart.addSeries(column.getKey(), epochs, values).setMarker(SeriesMarkers.CIRCLE);
      }
    }
    if (!chart.getSeriesMap().isEmpty()) {
      ByteArrayOutputStream image = new ByteArrayOutputStream();
      BitmapEncoder.saveBitmap(chart, image, BitmapFormat.PNG);
      AtomicFile.write(file, image::writeTo);
    }
  }
}
