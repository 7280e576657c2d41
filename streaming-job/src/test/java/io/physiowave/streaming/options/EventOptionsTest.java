package io.physiowave.streaming.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.core.card.EpisodeRules;
import io.physiowave.core.event.Hysteresis;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EventOptionsTest {
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  @Example
  void whatNeitherOptionsNorCardSayIsUsual() {
    assertThat(EventOptions.asCard(INTERVAL).hysteresis(EpisodeRules.OPEN))
        .isEqualTo(new Hysteresis(0.5, 0.3, 0.25, Set.of()));
  }

  @Example
  void optionsReplaceTheCardFieldByField() {
    EpisodeRules card = new EpisodeRules(0.8, 0.6, 0.4, List.of("rest"));

    assertThat(EventOptions.asCard(INTERVAL).hysteresis(card))
        .isEqualTo(new Hysteresis(0.8, 0.6, 0.4, Set.of("rest")));
    assertThat(
            new EventOptions(null, 0.1, Duration.ofMillis(50), null, 3, INTERVAL).hysteresis(card))
        .isEqualTo(new Hysteresis(0.8, 0.1, 0.05, Set.of("rest")));
    assertThat(new EventOptions(0.4, null, null, List.of(), 3, INTERVAL).hysteresis(card))
        .as("the card's offset gives way")
        .isEqualTo(new Hysteresis(0.4, 0.4, 0.4, Set.of()));
  }

  @Example
  void tachycardiaIsThreeBeatsOrFour() {
    assertThat(EventOptions.asCard(INTERVAL).tachycardiaBeats()).isEqualTo(3);
    assertThatThrownBy(() -> new EventOptions(null, null, null, null, 2, INTERVAL))
        .hasMessageContaining("events.tachycardia-beats is 2; expected 3 or 4");
  }

  @Provide
  Arbitrary<double[]> pairs() {
    Arbitrary<Double> maybe =
        Arbitraries.doubles().between(0, 1).injectNull(0.4).map(x -> x == null ? Double.NaN : x);
    return Combinators.combine(maybe, maybe)
        .as(
            (a, b) ->
                Double.isNaN(a) || Double.isNaN(b)
                    ? new double[] {a, b}
                    : new double[] {Math.max(a, b), Math.min(a, b)});
  }

  private static Double orNull(double value) {
    return Double.isNaN(value) ? null : value;
  }

  /** Whatever is said where: there are rules, and who comes first is heard. */
  @Property(tries = 500)
  void anyOptionsAndAnyCardMakeRules(
      @ForAll("pairs") double[] options, @ForAll("pairs") double[] card) {
    Hysteresis rules =
        new EventOptions(orNull(options[0]), orNull(options[1]), null, null, 3, INTERVAL)
            .hysteresis(new EpisodeRules(orNull(card[0]), orNull(card[1]), null, null));

    if (!Double.isNaN(options[0])) {
      assertThat(rules.onsetProbability()).isEqualTo(options[0]);
    }
    if (!Double.isNaN(options[1])) {
      assertThat(rules.offsetProbability()).isEqualTo(options[1]);
    }
    if (Double.isNaN(options[0]) && Double.isNaN(options[1])) {
      assertThat(rules.onsetProbability())
          .isEqualTo(Double.isNaN(card[0]) ? Math.max(0.5, rules.offsetProbability()) : card[0]);
      assertThat(rules.offsetProbability())
          .isEqualTo(Double.isNaN(card[1]) ? Math.min(0.3, rules.onsetProbability()) : card[1]);
    }
  }
}
