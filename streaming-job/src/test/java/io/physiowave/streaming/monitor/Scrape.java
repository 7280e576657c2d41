package io.physiowave.streaming.monitor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a Prometheus endpoint showed at one time.
 *
 * @param series every series with its value
 */
record Scrape(List<Series> series) {
  private static final Pattern LINE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

  /** One series. */
  record Series(String name, Map<String, String> labels, double value) {}

  /** Asks an endpoint of this machine. */
  static Scrape of(int port) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/metrics")).build(),
                HttpResponse.BodyHandlers.ofString());
    return parse(answer.body());
  }

  /** Reads the text exposition format. */
  static Scrape parse(String text) {
    List<Series> series = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      Matcher form = LINE.matcher(line);
      if (!form.matches()) {
        throw new IllegalArgumentException("not a series: " + line);
      }
      Map<String, String> labels = new HashMap<>();
      Matcher label = LABEL.matcher(form.group(2) == null ? "" : form.group(2));
      while (label.find()) {
        labels.put(label.group(1), label.group(2));
      }
      series.add(
          new Series(
              form.group(1), labels, Double.parseDouble(form.group(3).replace("Inf", "Infinity"))));
    }
    return new Scrape(series);
  }

  /** Names of all series. */
  Set<String> names() {
    return series.stream().map(Series::name).collect(Collectors.toCollection(TreeSet::new));
  }

  /** All series of a name. */
  List<Series> named(String name) {
    return series.stream().filter(one -> one.name().equals(name)).toList();
  }

  /** Sum of all series of a name whose label has a value. */
  double sum(String name, String label, String value) {
    return named(name).stream()
        .filter(one -> value.equals(one.labels().get(label)))
        .mapToDouble(Series::value)
        .sum();
  }
}
