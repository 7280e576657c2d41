package io.physiowave.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * docs/scaling.md: the table of inputs, and the tables that follow from it.
 *
 * @param lines of the page
 */
record ScalingPage(List<String> lines) {
  /** Kinds of wearables, each a column of the inputs and a table of its own. */
  static final List<String> KINDS = List.of("ECG", "EMG");

  private static final long[] WEARABLES = {1_000, 10_000, 100_000, 1_000_000};
  private static final String PER_CORE = "| | wearables a core |";
  private static final int INPUT_CELLS = 5;

  static ScalingPage of(String text) {
    return new ScalingPage(text.lines().toList());
  }

  String text() {
    return String.join("\n", lines) + "\n";
  }

  /** The inputs of a kind by their names. */
  Map<String, Double> inputs(String kind) {
    int column = KINDS.indexOf(kind) + 2;
    Map<String, Double> inputs = new TreeMap<>();
    for (String line : lines) {
      String[] cells = line.split("\\|");
      if (cells.length == INPUT_CELLS && cells[2].strip().matches("[\\d.,]+")) {
        inputs.put(cells[1].strip(), Double.parseDouble(cells[column].strip().replace(",", "")));
      }
    }
    return inputs;
  }

  private WearableLoad load(String kind) {
    Map<String, Double> inputs = inputs(kind);
    return new WearableLoad(
        inputs.get("frames a second"),
        inputs.get("bytes a frame"),
        inputs.get("labels a second"),
        inputs.get("bytes a label"),
        inputs.get("CPU µs a label, all"),
        inputs.get("CPU µs a label, without the model"),
        inputs.get("bytes of state"));
  }

  /** The same page, every table below the inputs as it follows from them. */
  ScalingPage recomputed() {
    ScalingPage page =
        withRows(PER_CORE, KINDS.stream().map(kind -> perCore(kind, load(kind))).toList());
    for (String kind : KINDS) {
      List<String> rows = new ArrayList<>();
      for (long wearables : WEARABLES) {
        rows.add(row(wearables, load(kind)));
      }
      page = page.withRows("| " + kind + " wearables |", rows);
    }
    return page;
  }

  /** Other rows below a table's head, whose first two lines stay. */
  private ScalingPage withRows(String head, List<String> rows) {
    int first = 0;
    while (!lines.get(first).startsWith(head)) {
      first++;
    }
    int end = first;
    while (end < lines.size() && lines.get(end).startsWith("|")) {
      end++;
    }
    List<String> changed = new ArrayList<>(lines.subList(0, first + 2));
    changed.addAll(rows);
    changed.addAll(lines.subList(end, lines.size()));
    return new ScalingPage(changed);
  }

  private static String perCore(String kind, WearableLoad load) {
    return String.format(
        Locale.ROOT,
        "| %s | %,.0f | %,.0f |",
        kind,
        load.wearablesPerCore(),
        load.wearablesPerCoreBesideModel());
  }

  private static String row(long wearables, WearableLoad load) {
    return String.format(
        Locale.ROOT,
        "| %,d | %,d | %,d | %,d | %,.1f | %,.1f | %.2f | %,.2f |",
        wearables,
        load.cores(wearables),
        load.jobs(wearables),
        load.partitions(wearables),
        load.inBytes(wearables) / 1e6,
        load.outBytes(wearables) / 1e6,
        load.state(wearables) / 1e9,
        load.hourOnDisk(wearables) / 1e12);
  }
}
