package io.physiowave.core.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Counts agree with those of WFDB's bxb on random annotations, to the last beat. */
class BxbCasesTest {

  @TestFactory
  Stream<DynamicTest> countsEqualThoseOfBxb() throws IOException {
    List<String> lines;
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                BxbCasesTest.class.getResourceAsStream("bxb-cases.txt"), StandardCharsets.UTF_8))) {
      lines = reader.lines().filter(line -> !line.startsWith("#")).collect(Collectors.toList());
    }
    List<DynamicTest> tests = new ArrayList<>();
    for (int i = 0; i + 3 < lines.size(); i += 4) {
      List<String> found = lines.subList(i, i + 4);
      tests.add(DynamicTest.dynamicTest("case " + i / 4, () -> check(found)));
    }
    assertThat(tests).hasSizeGreaterThan(30);
    return tests.stream();
  }

  private static void check(List<String> lines) {
    long[] period = numbers(lines.get(0));
    BeatComparison comparison =
        BeatComparator.compare(
            "case",
            annotations(lines.get(1)),
            annotations(lines.get(2)),
            new ComparisonPeriod(period[0], period[1], period[2]));
    List<Long> counts = new ArrayList<>();
    for (BeatLabel reference : BeatLabel.values()) {
      for (BeatLabel test : BeatLabel.values()) {
        counts.add(comparison.count(reference, test));
      }
    }
    assertThat(counts)
        .isEqualTo(Arrays.stream(numbers(lines.get(3))).boxed().collect(Collectors.toList()));
  }

  private static long[] numbers(String line) {
    return words(line).mapToLong(Long::parseLong).toArray();
  }

  private static List<BeatAnnotation> annotations(String line) {
    return words(line)
        .map(word -> word.split(":", -1))
        .map(
            field ->
                new BeatAnnotation(Long.parseLong(field[0]), field[1], Integer.parseInt(field[2])))
        .collect(Collectors.toList());
  }

  private static Stream<String> words(String line) {
    return Arrays.stream(line.split(" ")).skip(1).filter(word -> !word.isEmpty());
  }
}
