package io.physiowave.streaming.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.card.Decision;
import io.physiowave.core.card.ModelCard;
import io.physiowave.core.card.ModelCardJson;
import io.physiowave.core.window.WindowPlan;
import io.physiowave.streaming.testing.TestModels;
import io.physiowave.streaming.testing.TestSignals;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PlanIdentityTest {
  private static final String CARD = ModelCardJson.write(TestModels.emg(Decision.ARG_MAX));

  private static PlanIdentity identity(
      String card, double rateHz, List<String> channels, String unit) {
    ModelCard read = ModelCardJson.read(card, "test");
    return PlanIdentity.of(WindowPlan.of(read, rateHz, channels, unit));
  }

  private static PlanIdentity of(String card) {
    return identity(card, TestSignals.RATE, TestSignals.CHANNELS, "mV");
  }

  private static PlanIdentity with(String piece, String other) {
    assertThat(CARD).contains(piece);
    return of(CARD.replace(piece, other));
  }

  @Test
  void changesWithEverythingThatSavedWindowsDependOn() {
    List<PlanIdentity> all =
        List.of(
            of(CARD),
            with("\"hopSamples\":20", "\"hopSamples\":10"),
            with("200.0", "250.0"),
            with("\"mV\"", "\"uV\""),
            with("\"required\":true}]", "\"required\":false}]"),
            with(
                "\"filters\":[]",
                "\"filters\":[{\"kind\":\"high-pass\",\"order\":2,\"cutoffHz\":0.5}]"),
            identity(CARD, 400, TestSignals.CHANNELS, "mV"),
            identity(CARD, TestSignals.RATE, List.of("ch2", "ch1"), "mV"),
            identity(CARD, TestSignals.RATE, TestSignals.CHANNELS, "uV"));

    Set<String> digests = new TreeSet<>();
    all.forEach(identity -> digests.add(identity.digest()));
    assertThat(digests).hasSameSizeAs(all).allMatch(digest -> digest.matches("[0-9a-f]{64}"));
  }

  @Test
  void staysWithANewVersionThatCutsTheSameWindows() {
    assertThat(with("\"1\"", "\"2\"")).isEqualTo(of(CARD));
  }

  @Test
  void isKnownByItsDigestAndAsTheFirstSavepointsNameIt() {
    PlanIdentity identity = of(CARD);

    assertThat(identity.isNamed(identity.digest())).isTrue();
    assertThat(identity.isNamed(identity.text())).isTrue();
    assertThat(identity.isNamed(with("200.0", "250.0").digest())).isFalse();
    assertThat(identity.isNamed(with("200.0", "250.0").text())).isFalse();
  }
}
