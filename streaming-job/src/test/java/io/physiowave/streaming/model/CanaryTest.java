package io.physiowave.streaming.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.core.card.Decision;
import io.physiowave.core.card.ModelCard;
import io.physiowave.core.card.ModelChannel;
import io.physiowave.core.frame.Modality;
import io.physiowave.streaming.testing.TestModels;
import io.physiowave.streaming.testing.TestSignals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which streams a model on trial gets. */
class CanaryTest {
  private static final FrameLayout LAYOUT =
      new FrameLayout(Modality.EMG, TestSignals.RATE, TestSignals.CHANNELS, "mV");

  @TempDir Path directory;
  private ServedModel serving;

  @BeforeEach
  void write() throws Exception {
    serving = served("1", TestModels.emg(Decision.ARG_MAX));
  }

  private ServedModel served(String folder, ModelCard card) throws Exception {
    Path file = TestModels.write(Files.createDirectories(directory.resolve(folder)), card);
    return ModelFile.read(file.toString()).served();
  }

  private WindowPlans beside(Optional<ServedModel> shadow, Optional<Canary> canary) {
    return new WindowPlans(
        new ModelRoles(
            ModelCatalogue.read(List.of(serving.location())),
            Map.of(Modality.EMG, new ModelCandidates(shadow, canary))));
  }

  /** As {@code printf %s ID | sha256sum} has them: each release must share streams out alike. */
  @ParameterizedTest
  @CsvSource({"arm-1, 643c6c80", "patient-7, 5eb7c665", "\u00e9, 4a99557e"})
  void thePlaceOfAStreamIsTheFirst32BitsOfTheHashOfItsId(String id, String digits) {
    assertThat(Canary.position(id)).isEqualTo(Long.parseLong(digits, 16) / Math.pow(2, 32));
  }

  @Test
  void takesTheStreamsWhosePlaceIsBelowItsShare() {
    double place = Canary.position("arm-1");

    assertThat(new Canary(serving, Math.nextUp(place)).takes("arm-1")).isTrue();
    assertThat(new Canary(serving, place).takes("arm-1")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, Double.NaN})
  void takesSomeStreamsAndNotAll(double share) {
    assertThatThrownBy(() -> new Canary(serving, share))
        .hasMessage("canary share is " + share + "; expected more than 0 and less than 1");
  }

  @Test
  void streamsOfOneLayoutAreSharedOut() throws Exception {
    ServedModel canary = served("2", TestModels.emg(Decision.ARG_MAX, "2"));
    double place = Canary.position("arm-1");
    WindowPlans plans = beside(Optional.of(canary), Optional.of(new Canary(canary, place)));
    String taken =
        IntStream.range(0, 1_000)
            .mapToObj(i -> "arm-" + i)
            .filter(stream -> Canary.position(stream) < place)
            .findFirst()
            .orElseThrow();

    for (int i = 0; i < 2; i++) {
      PlanFit ofTaken = plans.fit(taken, LAYOUT);
      PlanFit ofOther = plans.fit("arm-1", LAYOUT);

      assertThat(ofTaken.model()).contains(canary);
      assertThat(ofTaken.base()).contains(serving);
      // It is the canary itself.
      assertThat(ofTaken.shadow()).isEmpty();
      assertThat(ofOther.model()).contains(serving);
      assertThat(ofOther.base()).isEmpty();
      assertThat(ofOther.shadow()).contains(canary);
    }
  }

  @Test
  void aStreamThatCannotFeedTheCanaryStaysWithTheServingModel() throws Exception {
    ServedModel other =
        served("2", TestModels.emgOf(Decision.ARG_MAX, List.of(ModelChannel.named("left"))));

    PlanFit fit =
        beside(Optional.empty(), Optional.of(new Canary(other, 0.999))).fit("arm-1", LAYOUT);

    assertThat(fit.fits()).isTrue();
    assertThat(fit.model()).contains(serving);
  }

  @Test
  void aShadowGetsOnlyWindowsThatItReads() throws Exception {
    ServedModel alike = served("2", TestModels.emg(Decision.ARG_MAX, "2"));
    ServedModel longer = served("3", TestModels.emg(Decision.ARG_MAX, "3", 80));

    assertThat(beside(Optional.of(alike), Optional.empty()).fit("arm-1", LAYOUT).shadow())
        .contains(alike);
    assertThat(beside(Optional.of(longer), Optional.empty()).fit("arm-1", LAYOUT).shadow())
        .isEmpty();
  }
}
