package io.physiowave.training.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.training.model.AttentionKernel;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published implementation's numbers, on its own weights. */
class GoldenParityTest {
  private static final Pattern KINDS = Pattern.compile("loss|grad_norm$|adamw");
  private static final List<String> SUMMARY = new ArrayList<>();

  @ParameterizedTest(name = "{0} with {1} attention")
  @CsvSource({
    "ecg-small, FUSED",
    "emg-small, FUSED",
    "pos1d-small, FUSED",
    "one-channel-small, FUSED",
    "channel-mixing-small, FUSED",
    "wavelet-families-small, FUSED",
    "pos1d-small, PLAIN",
  })
  void everyNumberEqualsThePublishedOne(String name, AttentionKernel kernel, @TempDir Path folder)
      throws IOException, URISyntaxException {
    GoldenSet set =
        GoldenSet.compute(
            resource(name + ".json"), resource(name + ".pth"), resource(name + ".h5"), kernel);

    List<GoldenDifference> differences = set.differences().orElseThrow();
    SUMMARY.add(summary(name + " " + kernel, differences));
    assertThat(differences).hasSizeGreaterThanOrEqualTo(15).allMatch(GoldenDifference::isAccepted);

    Path written = folder.resolve("out.h5");
    set.write(written);
    assertThat(GoldenComparison.of(read(resource(name + ".h5")), read(written)))
        .isEqualTo(differences);
  }

  @Test
  void truthValuesOfH5pyAreNumbers() throws IOException {
    GoldenValues values = read(Path.of("src/test/resources/dataset/truth-values.h5"));
    assertThat(values.arrays().get("mask").values()).containsExactly(1, 0, 1);
  }

  /** Who runs the build sees how near the numbers are, not only that they are near enough. */
  @AfterAll
  static void print() {
    System.out.println("Golden parity, largest differences from the published implementation:");
    SUMMARY.forEach(System.out::println);
  }

  private static String summary(String set, List<GoldenDifference> differences) {
    return String.format(
        Locale.ROOT,
        "  %-30s forward %s, loss %s, gradients %s, AdamW step %s",
        set,
        largest(differences, name -> !KINDS.matcher(name).find()),
        largest(differences, name -> name.contains("loss")),
        largest(differences, name -> name.endsWith("grad_norm")),
        largest(differences, name -> name.contains("adamw")));
  }

  private static String largest(List<GoldenDifference> differences, Predicate<String> kind) {
    return differences.stream()
        .filter(difference -> kind.test(difference.name()))
        .mapToDouble(GoldenDifference::largest)
        .boxed()
        .max(Double::compare)
        .map(value -> String.format(Locale.ROOT, "%.1e", value))
        .orElse("not in the set");
  }

  private static GoldenValues read(Path file) throws IOException {
    return GoldenFile.readValues(file).orElseThrow();
  }

  private static Path resource(String name) throws URISyntaxException {
    URL resource = GoldenParityTest.class.getResource("/golden/" + name);
    assertThat(resource).as("test resource golden/" + name).isNotNull();
    return Path.of(resource.toURI());
  }
}
