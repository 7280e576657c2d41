package io.physiowave.dashboard.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StreamBoardTest {
  private final StreamBoard board = new StreamBoard();

  @Nested
  class Drained {

    @Test
    void givesEachStreamsNewPointsAndLabelsOnce() {
      board.add(Samples.frame("a", 0, 1f, 2f, 3f, 4f), 0);
      board.add(Samples.beat("a", 120, 0), 5);
      board.add(Samples.frame("b", 0, 1f, 2f, 3f, 4f), 0);

      assertThat(board.drain()).extracting(StreamBoard.Change::stream).containsExactly("a", "b");
      assertThat(board.drain()).isEmpty();
    }

    @Test
    void passesOverLabelsOfUnknownStreams() {
      board.add(Samples.beat("a", 120, 0), 5);

      assertThat(board.drain()).isEmpty();
      assertThat(board.summaries(0)).isEmpty();
    }

    @Test
    void startsTheCountAnewWithASession() {
      board.add(Samples.frame("a", "s1", 4_000, 1f, 2f, 3f, 4f), 0);
      board.add(Samples.frame("a", "s2", 0, 1f, 2f, 3f, 4f), 0);

      StreamBoard.Change change = board.drain().get(0);

      assertThat(change.session()).isEqualTo("s2");
      assertThat(change.update().runs().get(0).firstPoint()).isZero();
    }
  }

  @Nested
  class Remembered {

    @Test
    void givesANewPageWhatWasDrainedLately() {
      board.add(Samples.frame("a", 0, 1f, 2f, 3f, 4f), 0);
      board.add(Samples.beat("a", 120, 0), 5);
      assertThat(board.history("a")).isEmpty();
      board.drain();
      board.add(Samples.frame("a", 4, 1f, 2f, 3f, 4f), 0);
      board.drain();

      StreamBoard.Change history = board.history("a").orElseThrow();

      assertThat(history.update().runs())
          .extracting(WaveformReducer.Run::firstPoint)
          .containsExactly(0L, 2L);
      assertThat(history.update().labels()).hasSize(1);
    }

    @Test
    void forgetsTheOldestPoints() {
      for (int i = 0; i < RecentHistory.POINTS; i++) {
        board.add(Samples.frame("a", 4L * i, 1f, 2f, 3f, 4f), 0);
        board.drain();
      }

      assertThat(board.history("a").orElseThrow().update().runs())
          .hasSize(RecentHistory.POINTS / 2);
    }

    @Test
    void keepsNothingWhenThereAreTooManyStreams() {
      for (int i = 0; i <= StreamBoard.HISTORY_CAPACITY; i++) {
        board.add(Samples.frame("stream-" + i, 0, 1f, 2f, 3f, 4f), 0);
      }
      board.drain();

      assertThat(board.history("stream-0")).isEmpty();
    }
  }

  @Nested
  class Summarised {

    @Test
    void countsFramesSamplesAndLabels() {
      board.add(Samples.frame("a", 0, 1f, 2f, 3f, 4f), 1_000);
      board.add(Samples.frame("a", 4, 1f, 2f), 1_500);
      board.add(Samples.beat("a", 120, 2_000_000), 2_040);

      StreamSummary summary = board.summaries(3_000).get(0);

      assertThat(summary.frames()).isEqualTo(2);
      assertThat(summary.samples()).isEqualTo(6);
      assertThat(summary.labels()).containsEntry("V", 1L);
      assertThat(summary.model()).isEqualTo("ecg-beats 1.0");
      assertThat(summary.quality()).isEqualTo("USABLE");
      assertThat(summary.latencyP50Millis()).isEqualTo(40);
      assertThat(summary.idleMillis()).isEqualTo(1_500);
    }

    /** As after a restart of the job, which reads again what came after its checkpoint. */
    @Test
    void countsLabelsThatComeAgainOnce() {
      board.add(Samples.frame("a", 0, 1f), 0);
      for (int again = 0; again < 2; again++) {
        for (int i = 0; i < RecentLabels.CAPACITY; i++) {
          board.add(Samples.beat("a", 100L * i, 2_000_000), 2_040 + 30_000 * again);
        }
      }

      StreamSummary summary = board.summaries(0).get(0);

      assertThat(summary.labels()).containsEntry("V", (long) RecentLabels.CAPACITY);
      assertThat(summary.latencyP99Millis()).isEqualTo(40);
    }

    @Test
    void tellsWhatIsWrongWithTheSignalAndNotWhyThereIsNoLabel() {
      board.add(Samples.frame("a", 0, 1f), 0);
      board.add(Samples.unsureBeat("a", 120), 40);

      StreamSummary summary = board.summaries(1_000).get(0);

      assertThat(summary.lastLabel()).isEqualTo("UNCLASSIFIABLE");
      assertThat(summary.qualityReason()).isEqualTo("saturation: MLII");
    }

    @Test
    void givesWhatTheModelCallsItsLabelsAlsoWhereTheLatestWindowHasNone() {
      board.add(Samples.frame("a", 0, 1f), 0);
      assertThat(board.summaries(0).get(0).labelNames()).isEmpty();

      board.add(Samples.window("a", true, ""), 0);
      board.add(Samples.window("a", false, ""), 0);

      assertThat(board.summaries(0).get(0).labelNames())
          .containsExactlyInAnyOrderEntriesOf(Map.of("1", "pinch", "2", "point"));

      board.add(Samples.beat("a", 120, 0), 0);
      assertThat(board.summaries(0).get(0).labelNames()).containsOnlyKeys("V");
    }

    @Test
    void tellsWhetherTheLatestLabelIsCalibrated() {
      board.add(Samples.frame("a", 0, 1f), 0);
      assertThat(board.summaries(0).get(0).calibration()).isNull();

      board.add(Samples.window("a", true, "0123456789ab"), 0);
      assertThat(board.summaries(0).get(0).calibration()).isEqualTo("0123456789ab");

      board.add(Samples.window("a", true, ""), 0);
      assertThat(board.summaries(0).get(0).calibration()).isEmpty();

      board.add(Samples.beat("a", 120, 0), 0);
      assertThat(board.summaries(0).get(0).calibration()).as("beats have none").isNull();
    }

    @Test
    void bringsOnsetAndOffsetOfAnEpisodeTogetherWhateverIsRepeated() {
      board.add(Samples.frame("a", 0, 1f), 0);
      board.add(Samples.gesture("a", "s1", 250, OptionalLong.empty()));
      assertThat(board.summaries(0).get(0).episodes())
          .singleElement()
          .matches(LiveEpisode::isUnderWay)
          .extracting(LiveEpisode::onsetMillis)
          .isEqualTo(1_000L);

      board.add(Samples.gesture("a", "s1", 250, OptionalLong.of(500)));
      board.add(Samples.gesture("a", "s1", 250, OptionalLong.empty()));

      assertThat(board.summaries(0).get(0).episodes())
          .singleElement()
          .matches(episode -> episode.seconds() == 1.0)
          .extracting(LiveEpisode::labelName)
          .isEqualTo("a fist");
    }

    @Test
    void listsTheLatestEpisodesOfTheSessionShown() {
      board.add(Samples.frame("a", 0, 1f), 0);
      for (int i = 0; i < RecentEpisodes.CAPACITY + 3; i++) {
        board.add(Samples.gesture("a", "s1", 250L * i, OptionalLong.of(250L * i + 100)));
      }
      board.add(Samples.gesture("a", "older", 9_000, OptionalLong.empty()));
      board.add(Samples.gesture("unknown", "s1", 0, OptionalLong.empty()));

      assertThat(board.summaries(0))
          .singleElement()
          .satisfies(
              summary ->
                  assertThat(summary.episodes())
                      .extracting(LiveEpisode::onsetMillis)
                      .containsExactly(3_000L, 4_000L, 5_000L, 6_000L));

      board.add(Samples.frame("a", "s2", 0, 1f), 0);
      assertThat(board.summaries(0).get(0).episodes()).isEmpty();
    }

    @Test
    void givesTheLatestRhythmAndLeavesOutWhatTooFewBeatsCannotSay() {
      board.add(Samples.frame("a", 0, 1f), 0);
      assertThat(board.summaries(0).get(0).rhythm()).isNull();

      board.add(Samples.rhythm("a", "s1", 7));
      LiveRhythm rhythm = board.summaries(0).get(0).rhythm();
      assertThat(rhythm.ratePerMinute()).isEqualTo(75);
      assertThat(rhythm.rmssdMillis()).isEqualTo(25);
      assertThat(rhythm.ventricular()).isEqualTo(2);

      board.add(Samples.rhythm("a", "s1", 1));
      board.add(Samples.rhythm("a", "older", 7));
      assertThat(board.summaries(0).get(0).rhythm().rmssdMillis()).isNull();
    }

    @Test
    void forgetsAStreamThatFellSilent() {
      board.add(Samples.frame("a", 0, 1f), 0);

      assertThat(board.summaries(StreamBoard.FORGOTTEN_AFTER.toMillis() + 1)).isEmpty();
    }

    @Test
    void takesUpNoMoreStreamsThanItHasRoomFor() {
      for (int i = 0; i < StreamBoard.CAPACITY + 10; i++) {
        board.add(Samples.frame("stream-" + i, 0, 1f), 0);
      }

      assertThat(board.summaries(0)).hasSize(StreamBoard.CAPACITY);
    }
  }
}
