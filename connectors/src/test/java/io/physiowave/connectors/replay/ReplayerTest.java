package io.physiowave.connectors.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.physiowave.connectors.recording.RecordingChannel;
import io.physiowave.connectors.recording.RecordingException;
import io.physiowave.connectors.testing.ArrayRecording;
import io.physiowave.connectors.testing.CollectingSink;
import io.physiowave.core.frame.Modality;
import io.physiowave.core.frame.SignalFrame;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ReplayerTest {
  private static final ReplayOptions FAST =
      ReplayOptions.of("patient-1", "a").withSpeed(ReplayOptions.UNLIMITED);

  @Property(tries = 100)
  void frames_hold_every_sample_once_and_only_the_last_ends_the_session(
      @ForAll @IntRange(min = 1, max = 2000) int samples,
      @ForAll @IntRange(min = 1, max = 700) int frameMillis)
      throws Exception {
    CollectingSink sink = new CollectingSink();
    ReplaySummary summary =
        new Replayer(FAST.withFrameDuration(Duration.ofMillis(frameMillis)), sink)
            .play(ArrayRecording.counting(360, samples));

    long next = 0;
    for (SignalFrame frame : sink.frames()) {
      assertThat(frame.firstSampleIndex()).isEqualTo(next);
      for (float sample : frame.samples()[0]) {
        assertThat(sample).isEqualTo((float) next++);
      }
      assertThat(frame.endOfSession()).isEqualTo(next == samples);
    }
    assertThat(next).isEqualTo(samples);
    assertThat(summary.samples()).isEqualTo(samples);
    assertThat(summary.frames()).isEqualTo(sink.frames().size());
    assertThat(summary.cancelled()).isFalse();
  }

  @Nested
  class Clocks {
    private final Instant now = Instant.parse("2026-11-23T10:00:00Z");
    private final Clock stopped = Clock.fixed(now, ZoneOffset.UTC);

    @Test
    void of_the_device_follow_the_recording_from_the_start() throws Exception {
      CollectingSink sink = new CollectingSink();
      new Replayer(FAST.withFrameDuration(Duration.ofMillis(500)), sink, stopped)
          .play(ArrayRecording.counting(100, 120));
      long start = now.toEpochMilli() * 1000;
      assertThat(sink.frames())
          .extracting(SignalFrame::deviceTimeMicros)
          .containsExactly(start, start + 500_000, start + 1_000_000);
      assertThat(sink.frames()).extracting(SignalFrame::gatewayTimeMicros).containsOnly(start);
    }

    @Test
    void never_let_a_frame_go_before_its_last_sample_would_exist() throws Exception {
      CollectingSink sink = new CollectingSink();
      new Replayer(
              ReplayOptions.of("s", "a").withSpeed(20).withFrameDuration(Duration.ofMillis(400)),
              sink)
          .play(ArrayRecording.counting(100, 200));
      for (SignalFrame frame : sink.frames()) {
        long sinceStart = frame.gatewayTimeMicros() - sink.frames().get(0).deviceTimeMicros();
        // The wall clock may be adjusted while this runs; a millisecond is its grain here.
        assertThat(sinceStart).isGreaterThanOrEqualTo(frame.endSampleIndex() * 10_000 / 20 - 1000);
      }
    }
  }

  @Nested
  class Channels {
    private final ArrayRecording mixed =
        new ArrayRecording(
            100,
            List.of(
                new RecordingChannel("I", "mV", Optional.empty()),
                new RecordingChannel("V1", "uV", Optional.empty()),
                new RecordingChannel("Resp", "Ohm", Optional.empty())),
            new float[][] {{1}, {2000}, {3}});

    @Test
    void are_picked_by_name_and_brought_to_one_unit() throws Exception {
      CollectingSink sink = new CollectingSink();
      new Replayer(FAST.withChannels(List.of("V1", "I")), sink).play(mixed);
      SignalFrame frame = sink.frames().get(0);
      assertThat(frame.channels()).containsExactly("V1", "I");
      assertThat(frame.unit()).isEqualTo("uV");
      assertThat(frame.samples()).isDeepEqualTo(new float[][] {{2000}, {1000}});
      assertThat(frame.modality()).isEqualTo(Modality.ECG);
    }

    @Test
    void that_do_not_exist_are_named() {
      assertThatThrownBy(
              () ->
                  new Replayer(FAST.withChannels(List.of("V9")), new CollectingSink()).play(mixed))
          .isInstanceOf(RecordingException.class)
          .hasMessage("in-memory: has no channel 'V9'; expected some of I, V1, Resp");
    }

    @Test
    void in_another_unit_are_refused() {
      assertThatThrownBy(() -> new Replayer(FAST, new CollectingSink()).play(mixed))
          .hasMessageContaining("channel Resp is in 'Ohm'; frames carry V, mV or uV only");
    }
  }

  @Nested
  class Stopping {
    @Test
    void after_a_number_of_samples_ends_the_session_there() throws Exception {
      CollectingSink sink = new CollectingSink();
      ReplaySummary summary =
          new Replayer(FAST.withMaximumSamples(130), sink).play(ArrayRecording.counting(1000, 500));
      assertThat(summary.samples()).isEqualTo(130);
      assertThat(sink.frames()).last().matches(SignalFrame::endOfSession);
    }

    @Test
    void from_another_thread_sends_the_frame_in_hand_as_the_last() throws Exception {
      CollectingSink sink = new CollectingSink();
      Replayer replayer = new Replayer(ReplayOptions.of("s", "a"), sink);
      CompletableFuture<ReplaySummary> playing =
          CompletableFuture.supplyAsync(() -> play(replayer, 1_000_000));
      await().atMost(Duration.ofMinutes(3)).until(() -> replayer.framesSent() > 2);
      replayer.cancel();
      ReplaySummary summary = playing.join();
      assertThat(summary.cancelled()).isTrue();
      assertThat(summary.samples()).isEqualTo(replayer.samplesSent());
      assertThat(sink.frames()).last().matches(SignalFrame::endOfSession);
      assertThat(sink.frames()).filteredOn(SignalFrame::endOfSession).hasSize(1);
    }

    private ReplaySummary play(Replayer replayer, int samples) {
      try {
        return replayer.play(ArrayRecording.counting(1000, samples));
      } catch (Exception e) {
        throw new CompletionException(e);
      }
    }
  }

  @Test
  void impossible_speeds_are_refused() {
    assertThatThrownBy(() -> FAST.withSpeed(0)).hasMessage("speed is 0.0; expected more than 0");
  }
}
