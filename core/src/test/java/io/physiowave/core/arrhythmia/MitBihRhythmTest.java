package io.physiowave.core.arrhythmia;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.dsp.MitBihRecord;
import io.physiowave.core.event.Episode;
import io.physiowave.core.event.EventPhase;
import io.physiowave.core.score.BeatAnnotation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Rhythm of real records from the cardiologists' beat labels; skipped without the records. Nothing
 * was tuned on them: thresholds are the published ones.
 */
class MitBihRhythmTest {
  private static final Map<String, String> KINDS = new HashMap<>();

  static {
    "N L R B e j n"
        .chars()
        .filter(c -> c != ' ')
        .forEach(c -> KINDS.put(Character.toString(c), "N"));
    "A a J S".chars().filter(c -> c != ' ').forEach(c -> KINDS.put(Character.toString(c), "S"));
    "V E".chars().filter(c -> c != ' ').forEach(c -> KINDS.put(Character.toString(c), "V"));
    KINDS.put("F", "F");
    "/ f Q ?".chars().filter(c -> c != ' ').forEach(c -> KINDS.put(Character.toString(c), "Q"));
  }

  private record Analysis(String labels, List<Episode> episodes, double suspectedShare) {}

  private static Analysis analyse(Path header) {
    MitBihRecord record = MitBihRecord.read(header);
    RhythmMonitor monitor = new RhythmMonitor(MitBihRecord.RATE, 10);
    List<Episode> episodes = new ArrayList<>();
    StringBuilder labels = new StringBuilder();
    int[] intervals = new int[2];
    for (BeatAnnotation annotation : record.annotations()) {
      String label = KINDS.get(annotation.code());
      if (label != null) {
        boolean taken =
            monitor.accept(
                new Beat(annotation.sample(), BeatKind.of(label), 1),
                interval -> intervals[interval.episodes().contains("af-suspected") ? 1 : 0]++,
                episodes::add);
        if (taken) {
          labels.append(label);
        }
      }
    }
    monitor.finish(interval -> {}, episodes::add);
    return new Analysis(
        labels.toString(), episodes, (double) intervals[1] / (intervals[0] + intervals[1]));
  }

  @Test
  void runsAreThoseThatTheLabelsSpell() {
    for (Path header : MitBihRecord.headers()) {
      Analysis analysis = analyse(header);
      Map<Integer, Long> expected = new TreeMap<>();
      Matcher runs = Pattern.compile("V{2,}").matcher(analysis.labels());
      while (runs.find()) {
        expected.merge(Math.min(4, runs.group().length()), 1L, Long::sum);
      }
      Map<Integer, Long> told = new TreeMap<>();
      for (Episode episode : analysis.episodes()) {
        if (episode.kind().equals("ventricular-run") && episode.phase() == EventPhase.OFFSET) {
          told.merge((int) Math.min(4, episode.count()), 1L, Long::sum);
        }
      }
      assertThat(told).as(header.getFileName().toString()).isEqualTo(expected);
    }
  }

  @Test
  void fibrillationIsSuspectedInRecordsThatAreKnownForIt() {
    Map<String, Double> shares = new TreeMap<>();
    for (Path header : MitBihRecord.headers()) {
      shares.put(
          header.getFileName().toString().replace(".hea", ""), analyse(header).suspectedShare());
    }
    // What docs/labels.md says of these records.
    assertThat(shares.remove("201")).isGreaterThan(0.4);
    assertThat(shares.remove("203")).isGreaterThan(0.9);
    assertThat(shares.remove("108")).isLessThan(0.03);
    assertThat(shares.values()).containsOnly(0.0);
  }
}
