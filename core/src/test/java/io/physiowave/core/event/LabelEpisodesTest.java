package io.physiowave.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.frame.Modality;
import io.physiowave.core.label.LabelEvent;
import io.physiowave.core.label.LabelTiming;
import io.physiowave.core.label.ModelReference;
import io.physiowave.core.quality.SignalQuality;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LabelEpisodesTest {
  private static final Hysteresis RULES = new Hysteresis(0.6, 0.4, 0.2, Set.of("REST"));

  private final List<Episode> heard = new ArrayList<>();
  private Hysteresis rules = RULES;
  private LabelEpisodes episodes = new LabelEpisodes();
  private long start;

  /** A window of 0.2 s at 200 Hz, 0.1 s after the one before. */
  private void say(String label, double probability) {
    episodes.accept(label(label, probability), rules, heard::add);
  }

  private LabelEvent label(String label, double probability) {
    boolean isSaid = !label.equals(LabelEvent.UNCLASSIFIABLE);
    LabelEvent event = label(start, label, (float) probability, isSaid);
    start += 20;
    return event;
  }

  private static LabelEvent label(long start, String label, float probability, boolean isSaid) {
    return new LabelEvent(
        "id",
        "arm",
        "s",
        Modality.EMG,
        new ModelReference("m", "1", "b".repeat(64)),
        200,
        start,
        start + 40,
        start * 5_000,
        (start + 40) * 5_000,
        OptionalLong.empty(),
        label,
        isSaid ? probability : 0,
        isSaid ? probabilities(label, probability) : Map.of(),
        isSaid ? Map.of("FIST", "a fist") : Map.of(),
        SignalQuality.GOOD,
        isSaid ? "" : "noise",
        new LabelTiming(1, 2, 3, 4),
        "");
  }

  private static Map<String, Float> probabilities(String label, float probability) {
    return label.equals("FIST")
        ? Map.of("FIST", probability)
        : Map.of(label, probability, "FIST", 1 - probability);
  }

  private void sayAgain(int times, String label, double probability) {
    for (int i = 0; i < times; i++) {
      say(label, probability);
    }
  }

  @Test
  void beginsWhereItsFirstWindowIsOnceItHasLasted() {
    sayAgain(3, "REST", 0.9);
    sayAgain(2, "FIST", 0.8);
    assertThat(heard).isEmpty();

    say("FIST", 0.8);

    assertThat(heard).hasSize(1);
    Episode onset = heard.get(0);
    assertThat(onset.phase()).isEqualTo(EventPhase.ONSET);
    assertThat(onset.label()).isEqualTo("FIST");
    assertThat(onset.onsetSample()).isEqualTo(3 * 20 + 20);
    assertThat(onset.count()).isEqualTo(3);
    assertThat(onset.confidence()).isEqualTo(0.8f);
  }

  @Test
  void isNamedAsItsLabelIs() {
    sayAgain(4, "FIST", 0.8);
    sayAgain(4, "WAVE", 0.9);

    assertThat(heard)
        .extracting(episode -> episode.labelName() + " " + episode.phase())
        .containsExactly("a fist ONSET", "a fist OFFSET", " ONSET");
  }

  @Test
  void whatWasSavedWithoutNamesIsRead() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(1);
    out.writeLong(300);
    out.writeUTF("FIST");
    out.writeLong(100);
    out.writeLong(280);
    out.writeLong(10);
    out.writeDouble(8);
    out.writeUTF("");
    out.write(new byte[32]);

    LabelEpisodes restored =
        LabelEpisodes.readFrom(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    restored.finish(heard::add);

    assertThat(heard)
        .containsExactly(
            new Episode(
                "gesture", "FIST", EventPhase.OFFSET, 100, OptionalLong.of(280), 0.8f, 10, 0));
  }

  @Test
  void endsWhereItWasLastHeardOnceThatHasLasted() {
    sayAgain(4, "FIST", 0.8);
    sayAgain(3, "REST", 0.9);

    assertThat(heard)
        .extracting(Episode::phase)
        .containsExactly(EventPhase.ONSET, EventPhase.OFFSET);
    assertThat(heard.get(1).onsetSample()).isEqualTo(20);
    assertThat(heard.get(1).offsetSample()).hasValue(3 * 20 + 20);
    assertThat(heard.get(1).count()).isEqualTo(4);
  }

  @Test
  void endsWhereItWasLastHeardWhenTheCountOfSamplesBeginsAnew() {
    start = 10_000;
    sayAgain(4, "FIST", 0.8);
    start = 0;
    sayAgain(4, "WAVE", 0.9);

    assertThat(heard)
        .extracting(episode -> episode.label() + " " + episode.phase())
        .containsExactly("FIST ONSET", "FIST OFFSET", "WAVE ONSET");
    assertThat(heard.get(1).offsetSample()).hasValue(10_080);
    assertThat(heard.get(2).onsetSample()).isEqualTo(20);
  }

  @Test
  void survivesWindowsThatStillGiveItTheOffsetProbability() {
    sayAgain(4, "FIST", 0.8);
    sayAgain(5, "REST", 0.55);
    sayAgain(1, "FIST", 0.8);

    assertThat(heard).hasSize(1);
  }

  @Test
  void survivesAnInterruptionShorterThanTheMinimumDuration() {
    sayAgain(4, "FIST", 0.9);
    say("REST", 0.9);
    sayAgain(2, "FIST", 0.9);
    assertThat(heard).extracting(Episode::phase).containsExactly(EventPhase.ONSET);

    sayAgain(2, "REST", 0.9);
    assertThat(heard)
        .extracting(Episode::phase)
        .containsExactly(EventPhase.ONSET, EventPhase.OFFSET);
  }

  @Test
  void neverBeginsWithoutTheOnsetProbabilityNorFromShortRuns() {
    sayAgain(9, "FIST", 0.55);
    for (int i = 0; i < 10; i++) {
      sayAgain(2, "WAVE", 0.9);
      say("REST", 0.9);
    }

    assertThat(heard).isEmpty();
  }

  @Test
  void givesWayToTheNextOneWithoutOverlap() {
    sayAgain(4, "FIST", 0.8);
    sayAgain(4, "WAVE", 0.9);

    assertThat(heard)
        .extracting(episode -> episode.label() + " " + episode.phase())
        .containsExactly("FIST ONSET", "FIST OFFSET", "WAVE ONSET");
    assertThat(heard.get(1).offsetSample().getAsLong())
        .isLessThanOrEqualTo(heard.get(2).onsetSample());
  }

  @Test
  void endsWhenNothingCanBeSaidForLongAndAtOnceWhenSamplesAreLost() {
    sayAgain(3, "FIST", 0.8);
    sayAgain(2, LabelEvent.UNCLASSIFIABLE, 0);
    assertThat(heard)
        .extracting(Episode::phase)
        .containsExactly(EventPhase.ONSET, EventPhase.OFFSET);

    sayAgain(3, "FIST", 0.8);
    start += 100;
    say("FIST", 0.8);
    assertThat(heard).hasSize(4).last().extracting(Episode::phase).isEqualTo(EventPhase.OFFSET);
  }

  @Test
  void beginsAndGoesOnAtExactlyTheTwoProbabilities() {
    rules = new Hysteresis(0.5, 0.25, 0.2, Set.of("REST"));
    sayAgain(3, "FIST", 0.5);
    assertThat(heard).extracting(Episode::phase).containsExactly(EventPhase.ONSET);

    sayAgain(9, "REST", 0.75);
    assertThat(heard).hasSize(1);
    sayAgain(3, "REST", 0.76);
    assertThat(heard).hasSize(2);
  }

  /** In single precision both lie below the doubles of the same decimals. */
  @Test
  void beginsAndGoesOnAtTheTwoProbabilitiesAlsoWhereDoublesAreLarger() {
    rules = new Hysteresis(0.7, 0.45, 0.2, Set.of("REST"));
    sayAgain(3, "FIST", Math.nextDown(0.7f));
    assertThat(heard).isEmpty();
    say("REST", 1);
    sayAgain(3, "FIST", 0.7f);
    assertThat(heard).extracting(Episode::phase).containsExactly(EventPhase.ONSET);

    assertThat(1 - 0.55f).as("what is left for FIST").isEqualTo(0.45f);
    sayAgain(9, "REST", 0.55f);
    assertThat(heard).hasSize(1);
    sayAgain(3, "REST", Math.nextUp(0.55f));
    assertThat(heard).hasSize(2);
  }

  @Test
  void endsNoLaterThanTheOneBeginsThatItGivesWayTo() {
    rules = new Hysteresis(0.5, 0.25, 0.2, Set.of("REST"));
    sayAgain(4, "FIST", 0.8);
    sayAgain(3, "WAVE", 0.75);

    assertThat(heard)
        .extracting(episode -> episode.label() + " " + episode.phase())
        .containsExactly("FIST ONSET", "FIST OFFSET", "WAVE ONSET");
    assertThat(heard.get(1).offsetSample()).hasValue(heard.get(2).onsetSample());
  }

  @Test
  void goesOnAcrossWindowsThatOnlyTouchAndEndsWhereASampleIsBetween() {
    say("FIST", 0.8);
    start += 20;
    say("FIST", 0.8);
    assertThat(heard).extracting(Episode::phase).containsExactly(EventPhase.ONSET);

    start += 21;
    say("FIST", 0.8);
    assertThat(heard).hasSize(2).last().extracting(Episode::phase).isEqualTo(EventPhase.OFFSET);
  }

  @Test
  void beginsAtOnceAndEndsWithTheFirstOtherLabelWithoutAMinimumDuration() {
    rules = new Hysteresis(0.6, 0.4, 0, Set.of("REST"));
    sayAgain(2, "FIST", 0.8);
    assertThat(heard).extracting(Episode::phase).containsExactly(EventPhase.ONSET);

    say("REST", 0.9);
    assertThat(heard).hasSize(2);
    assertThat(heard.get(1).count()).isEqualTo(2);
  }

  @Property(tries = 100)
  void onsetsAndOffsetsAlternateAndNeitherRestartsNorReplaysChangeThem(@ForAll long seed)
      throws IOException {
    List<Episode> whole = run(seed, false);
    List<Episode> restarted = run(seed, true);

    assertThat(restarted).isEqualTo(whole);
    Episode open = null;
    for (Episode episode : whole) {
      if (episode.phase() == EventPhase.ONSET) {
        assertThat(open).isNull();
        open = episode;
      } else {
        assertThat(episode.label()).isEqualTo(open.label());
        assertThat(episode.onsetSample()).isEqualTo(open.onsetSample());
        open = null;
      }
    }
    assertThat(open).isNull();
  }

  private static List<Episode> run(long seed, boolean restarts) throws IOException {
    Random random = new Random(seed);
    List<Episode> heard = new ArrayList<>();
    LabelEpisodes episodes = new LabelEpisodes();
    String[] labels = {"REST", "FIST", "WAVE", LabelEvent.UNCLASSIFIABLE};
    long start = 0;
    for (int i = 0; i < 200; i++) {
      String label = labels[random.nextInt(random.nextInt(labels.length) + 1)];
      boolean isSaid = !label.equals(LabelEvent.UNCLASSIFIABLE);
      int same = 1 + random.nextInt(5);
      for (int k = 0; k < same; k++) {
        float probability = 0.34f + 0.65f * random.nextFloat();
        episodes.accept(label(start, label, probability, isSaid), RULES, heard::add);
        start += random.nextInt(50) == 0 ? 100 : 20;
        boolean isRestart = random.nextInt(10) == 0;
        if (restarts && isRestart) {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          episodes.writeTo(new DataOutputStream(bytes));
          episodes =
              LabelEpisodes.readFrom(
                  new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        }
      }
    }
    episodes.finish(heard::add);
    return heard;
  }
}
