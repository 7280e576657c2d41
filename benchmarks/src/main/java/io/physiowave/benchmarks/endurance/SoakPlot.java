package io.physiowave.benchmarks.endurance;

import io.physiowave.connectors.files.OutputFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Memory over time as a picture. */
final class SoakPlot {
  private static final double MEGABYTE = 1 << 20;
  private static final int WIDTH = 900;
  private static final int HEIGHT = 450;

  private SoakPlot() {}

  /**
   * Writes a PNG.
   *
   * @param seconds of each sample
   */
  static void write(Path file, List<Double> seconds, List<MemorySample> samples)
      throws IOException {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title("A TaskManager's memory at full speed")
            .xAxisTitle("minutes")
            .yAxisTitle("MB")
            .build();
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    chart.getStyler().setYAxisMin(0.0);
    add(chart, "resident", seconds, samples, MemorySample::residentBytes);
    add(chart, "heap", seconds, samples, MemorySample::heapBytes);
    add(chart, "metaspace", seconds, samples, MemorySample::metaspaceBytes);
    add(chart, "direct", seconds, samples, MemorySample::directBytes);
    try (OutputStream out = OutputFile.open(file)) {
      BitmapEncoder.saveBitmap(chart, out, BitmapEncoder.BitmapFormat.PNG);
    }
  }

  private static void add(
      XYChart chart,
      String name,
      List<Double> seconds,
      List<MemorySample> samples,
      ToLongFunction<MemorySample> quantity) {
    chart
        .addSeries(
            name,
            seconds.stream().map(second -> second / 60).toList(),
            samples.stream().map(sample -> quantity.applyAsLong(sample) / MEGABYTE).toList())
        .setMarker(SeriesMarkers.NONE);
  }
}
