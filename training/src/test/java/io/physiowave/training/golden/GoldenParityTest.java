package io.physiowave.training.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.training.model.AttentionKernel;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published implementation's numbers, on its own weights. */
class GoldenParityTest {

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
  void everyNumberEqualsThePublishedOne(
      String name, AttentionKernel kernel, TestReporter reporter, @TempDir Path folder)
      throws IOException, URISyntaxException {
    GoldenSet set =
        GoldenSet.compute(
            resource(name + ".json"), resource(name + ".pth"), resource(name + ".h5"), kernel);

    List<GoldenDifference> differences = set.differences().orElseThrow();
    differences.forEach(difference -> reporter.publishEntry(name, difference.toString()));
    assertThat(differences).hasSizeGreaterThanOrEqualTo(15).allMatch(GoldenDifference::isAccepted);

    Path written = folder.resolve("out.h5");
    set.write(written);
    assertThat(GoldenComparison.of(read(resource(name + ".h5")), read(written)))
        .isEqualTo(differences);
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
