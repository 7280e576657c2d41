package io.physiowave.streaming.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.arrhythmia.RhythmSummary;
import io.physiowave.core.arrhythmia.RhythmSummaryCodec;
import io.physiowave.core.card.EpisodeRules;
import io.physiowave.core.event.EventPhase;
import io.physiowave.core.event.SignalEvent;
import io.physiowave.core.event.SignalEventCodec;
import io.physiowave.core.frame.Modality;
import io.physiowave.core.label.LabelEvent;
import io.physiowave.core.label.LabelTiming;
import io.physiowave.core.label.ModelReference;
import io.physiowave.core.quality.SignalQuality;
import io.physiowave.streaming.options.EventOptions;
import io.physiowave.streaming.stabilise.DecidedLabel;
import io.physiowave.streaming.testing.RegisteredMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InterpretLabelsTest {
  private static final EventOptions OPTIONS = EventOptions.asCard(Duration.ofSeconds(10));
  private static final EpisodeRules CARD = new EpisodeRules(0.5, 0.3, 0.2, List.of("REST"));

  private final List<SignalEvent> events = new ArrayList<>();
  private final List<RhythmSummary> summaries = new ArrayList<>();
  private final RegisteredMetrics registered = new RegisteredMetrics();
  private EpisodeRules card = CARD;
  private EventOptions options = OPTIONS;
  private KeyedOneInputStreamOperatorTestHarness<String, DecidedLabel, SignalEvent> harness;

  @BeforeEach
  void open() throws Exception {
    open(null);
  }

  private void open(OperatorSubtaskState snapshot) throws Exception {
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new InterpretLabels(options, Duration.ofMinutes(1))),
            DecidedLabel::streamId,
            Types.STRING,
            registered.environment());
    harness.setup(SignalEventSerializer.INSTANCE);
    if (snapshot != null) {
      harness.initializeState(snapshot);
    }
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private void restart() throws Exception {
    collect();
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();
    open(snapshot);
  }

  private void collect() {
    events.addAll(harness.extractOutputValues());
    harness.getOutput().clear();
    var side = harness.getSideOutput(InterpretLabels.SUMMARIES);
    if (side != null) {
      side.forEach(record -> summaries.add(record.getValue()));
      side.clear();
    }
  }

  private void label(String session, long start, OptionalLong beat, String label) throws Exception {
    LabelEvent event =
        new LabelEvent(
            "id",
            "stream",
            session,
            beat.isPresent() ? Modality.ECG : Modality.EMG,
            new ModelReference("m", "1", "b".repeat(64)),
            200,
            start,
            start + 40,
            1_000_000 + start * 5_000,
            1_000_000 + (start + 40) * 5_000,
            beat,
            label,
            0.9f,
            Map.of(label, 0.9f),
            Map.of(),
            SignalQuality.GOOD,
            "",
            new LabelTiming(1, 2, 3, 4),
            "");
    harness.processElement(new DecidedLabel(event, card), 0);
  }

  private void gestures(String session, String... labels) throws Exception {
    for (int i = 0; i < labels.length; i++) {
      label(session, 20L * i, OptionalLong.empty(), labels[i]);
    }
  }

  private void beats(String session, String labels, int from) throws Exception {
    for (int i = 0; i < labels.length(); i++) {
      long beat = 100 + 160L * (from + i);
      label(session, beat - 20, OptionalLong.of(beat), labels.substring(i, i + 1));
    }
  }

  @Test
  void gesturesHaveAnOnsetAndAnOffsetOfOneEpisode() throws Exception {
    gestures("a", "REST", "FIST", "FIST", "FIST", "REST", "REST", "REST");
    collect();

    assertThat(events)
        .extracting(event -> event.episode().phase())
        .containsExactly(EventPhase.values());
    SignalEvent onset = events.get(0);
    SignalEvent offset = events.get(1);
    assertThat(onset.episode().onsetSample()).isEqualTo(40);
    assertThat(onset.onsetMicros()).isEqualTo(1_000_000 + 40 * 5_000);
    assertThat(offset.offsetMicros()).hasValue(1_000_000 + 80 * 5_000);
    assertThat(offset.episodeId()).isEqualTo(onset.episodeId());
    assertThat(offset.id()).isNotEqualTo(onset.id());
    assertThat(SignalEventCodec.decode(SignalEventCodec.encode(offset))).isEqualTo(offset);
  }

  @Test
  void eachLabelIsTakenByTheRulesOfItsOwnModelAlsoAcrossARestart() throws Exception {
    gestures("a", "FIST", "FIST", "FIST", "REST");
    restart();
    assertThat(events).hasSize(1);

    // The model that takes over says that a fist is nothing, and needs less of a wave.
    card = new EpisodeRules(null, null, 0.0, List.of("FIST"));
    for (long start = 80; start < 200; start += 20) {
      label("a", start, OptionalLong.empty(), start == 160 ? "WAVE" : "FIST");
    }
    collect();

    assertThat(events)
        .extracting(event -> event.episode().label() + " " + event.episode().phase())
        .containsExactly("FIST ONSET", "FIST OFFSET", "WAVE ONSET", "WAVE OFFSET");
  }

  @Test
  void theJobsOptionsOverrideTheCard() throws Exception {
    options = new EventOptions(null, null, null, List.of(), 3, Duration.ofSeconds(10));
    harness.close();
    open();
    gestures("a", "REST", "REST", "REST", "REST");
    collect();

    assertThat(events).extracting(event -> event.episode().label()).containsExactly("REST");
  }

  @Test
  void aRunIsToldFromThreeBeatsOnUnlessFourAreAskedFor() throws Exception {
    beats("a", "NNVVVN", 0);
    collect();
    assertThat(events)
        .extracting(event -> event.episode().label() + " " + event.episode().count())
        .containsExactly("IDIOVENTRICULAR_RHYTHM 3", "IDIOVENTRICULAR_RHYTHM 3");

    events.clear();
    options = new EventOptions(null, null, null, null, 4, Duration.ofSeconds(10));
    harness.close();
    open();
    beats("a", "NNVVVN", 0);
    collect();
    assertThat(events)
        .extracting(event -> event.episode().label() + " " + event.episode().count())
        .containsExactly("TRIPLET 3", "TRIPLET 3");
  }

  @Test
  void beatsAreSummedUpWithStableIdsAlsoAcrossARestart() throws Exception {
    beats("a", "NNNVVNNNN", 0);
    restart();
    beats("a", "NNNVNNN", 9);
    collect();

    assertThat(summaries).hasSize(1);
    RhythmSummary summary = summaries.get(0);
    assertThat(summary.figures().beats()).isEqualTo(12);
    assertThat(summary.figures().ventricular()).isEqualTo(2);
    assertThat(summary.figures().ratePerMinute()).isEqualTo(75);
    assertThat(summary.startMicros()).isEqualTo(1_000_000);
    assertThat(summary.endMicros()).isEqualTo(11_000_000);
    assertThat(RhythmSummaryCodec.decode(RhythmSummaryCodec.encode(summary))).isEqualTo(summary);
    assertThat(events)
        .extracting(event -> event.episode().label())
        .containsOnly("COUPLET")
        .hasSize(2);

    InterpretLabelsTest replay = new InterpretLabelsTest();
    replay.open();
    replay.beats("a", "NNNVVNNNNNNNVNNN", 0);
    replay.collect();
    replay.close();
    assertThat(replay.summaries).isEqualTo(summaries);
    assertThat(replay.events).isEqualTo(events);
    assertThat(replay.summaries.get(0).id()).isEqualTo(summary.id());
  }

  @Test
  void anotherSessionOrSilenceEndsWhatWasUnderWay() throws Exception {
    gestures("a", "FIST", "FIST", "FIST");
    gestures("b", "FIST", "FIST", "FIST");
    collect();
    assertThat(events)
        .extracting(event -> event.sessionId() + " " + event.episode().phase())
        .containsExactly("a ONSET", "a OFFSET", "b ONSET");

    harness.setProcessingTime(60_000);
    collect();

    assertThat(events).hasSize(4).last().extracting(SignalEvent::sessionId).isEqualTo("b");
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numProcessingTimeTimers()).isZero();
  }

  @Test
  void aSessionWhoseCountBeginsAnewEndsWhatWasUnderWayAndIsFollowedFromThere() throws Exception {
    beats("a", "NNNNNNNNNNNNNNNVVV", 100);
    restart();
    beats("a", "NNNNNNNNNNNNNNNN", 0);
    collect();

    assertThat(registered.count("beatsOutOfOrder")).isZero();
    assertThat(events)
        .extracting(event -> event.episode().phase())
        .containsExactly(EventPhase.values());
    assertThat(summaries)
        .extracting(summary -> summary.figures().startSample() / 2_000)
        .containsExactly(8L, 9L, 0L);
    // Each is dated by its own count.
    assertThat(summaries)
        .allSatisfy(
            summary ->
                assertThat(summary.startMicros())
                    .isEqualTo(1_000_000 + summary.figures().startSample() * 5_000));
  }

  @Test
  void anIntervalIsToldOnceThoughItsStreamFallsSilentWithinIt() throws Exception {
    options = EventOptions.asCard(Duration.ofMinutes(2));
    harness.close();
    open();
    beats("a", "NNNN", 0);
    harness.setProcessingTime(80_000);
    // As many samples later: still in the first two minutes.
    beats("a", "NNNN", 100);
    collect();
    assertThat(summaries).isEmpty();

    harness.setProcessingTime(200_000);
    collect();
    assertThat(summaries).singleElement().extracting(one -> one.figures().beats()).isEqualTo(8);
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numProcessingTimeTimers()).isZero();
  }

  @Test
  void silenceCountsFromTheLastLabel() throws Exception {
    gestures("a", "FIST", "FIST", "FIST");
    harness.setProcessingTime(40_000);
    label("a", 60, OptionalLong.empty(), "FIST");
    harness.setProcessingTime(99_999);
    collect();
    assertThat(events).hasSize(1);

    harness.setProcessingTime(100_000);
    collect();
    assertThat(events).hasSize(2);
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  @Test
  void whatLeavesAndABeatThatComesTooLateIsCounted() throws Exception {
    gestures("a", "FIST", "FIST", "FIST");
    beats("b", "NNNVVNNNNNNNNNNN", 0);
    assertThat(registered.count("beatsOutOfOrder")).isZero();
    beats("b", "N", 3);
    beats("b", "N", 3);
    collect();

    assertThat(registered.count("eventsOut")).isEqualTo(events.size()).isEqualTo(4);
    assertThat(registered.count("summariesOut")).isEqualTo(summaries.size()).isEqualTo(1);
    assertThat(registered.count("beatsOutOfOrder")).isEqualTo(2);
  }
}
