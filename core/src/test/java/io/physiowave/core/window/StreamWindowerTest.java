package io.physiowave.core.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.physiowave.core.card.ChannelMismatchException;
import io.physiowave.core.card.ModelChannel;
import io.physiowave.core.card.Windowing;
import io.physiowave.core.dsp.FilterSpecification;
import io.physiowave.core.dsp.SyntheticEcg;
import io.physiowave.core.frame.Modality;
import io.physiowave.core.quality.QualityLevel;
import io.physiowave.core.quality.SignalQuality;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamWindowerTest {
  private static final double RATE = 360;
  private static final BitSet NONE = new BitSet();
  private static final List<String> LEADS = List.of("MLII", "V5");

  private static List<CutWindow> cut(WindowPlan plan, float[][] samples) {
    List<CutWindow> windows = new ArrayList<>();
    StreamWindower windower = new StreamWindower(plan, 0);
    windower.append(samples, 0, samples[0].length, NONE, windows::add);
    windower.finish(windows::add);
    return windows;
  }

  @Nested
  class BeatWindows {
    private final float[][] leads = SyntheticEcg.leads(2, RATE, 60, 3);
    private final long[] beats = SyntheticEcg.beats(RATE, 60, 3);

    @Test
    void thereIsOneForEachBeatWithItsPeakInPlace() {
      List<CutWindow> windows = cut(Plans.beats(RATE, LEADS, "mV"), leads);
      assertThat(windows).hasSameSizeAs(beats);
      for (int i = 0; i < beats.length; i++) {
        CutWindow window = windows.get(i);
        assertThat(window.beatSample()).isBetween(beats[i] - 2, beats[i] + 2);
        assertThat(window.input()).hasSize(3 * 64);
        assertThat(window.endSample() - window.startSample()).isEqualTo(256);
        int peak = 0;
        for (int k = 1; k < 64; k++) {
          peak = window.input()[k] > window.input()[peak] ? k : peak;
        }
        assertThat(peak).isBetween(24, 26);
        assertThat(window.quality()).isEqualTo(SignalQuality.GOOD);
      }
    }

    @Test
    void annotatedBeatsGiveTheSameWindowsAsDetectedOnesAtTheSamePlaces() {
      WindowPlan plan = Plans.beats(RATE, LEADS, "mV");
      List<CutWindow> detected = cut(plan, leads);
      long[] found = detected.stream().mapToLong(CutWindow::beatSample).toArray();
      List<CutWindow> annotated = new ArrayList<>();
      StreamWindower windower = StreamWindower.withReferenceBeats(plan, 0, found);
      windower.append(leads, 0, leads[0].length, NONE, annotated::add);
      windower.finish(annotated::add);
      StreamWindowerPropertyTest.assertSame(annotated, detected);
    }

    @Test
    void anotherUnitAndAnotherOrderOfChannelsMakeNoDifference() {
      float[][] other = {leads[1].clone(), leads[0].clone()};
      for (float[] channel : other) {
        for (int i = 0; i < channel.length; i++) {
          channel[i] *= 1000;
        }
      }
      List<CutWindow> expected = cut(Plans.beats(RATE, LEADS, "mV"), leads);
      List<CutWindow> actual = cut(Plans.beats(RATE, List.of("V5", "MLII"), "uV"), other);
      assertThat(actual).hasSameSizeAs(expected);
      for (int i = 0; i < expected.size(); i++) {
        assertThat(actual.get(i).beatSample()).isEqualTo(expected.get(i).beatSample());
        for (int k = 0; k < 192; k++) {
          assertThat(actual.get(i).input()[k]).isCloseTo(expected.get(i).input()[k], within(2e-3f));
        }
      }
    }

    @Test
    void aRowThatTheStreamLacksIsZero() {
      List<CutWindow> windows =
          cut(Plans.beats(RATE, List.of("MLII"), "mV"), new float[][] {leads[0]});
      assertThat(windows).hasSameSizeAs(beats);
      for (CutWindow window : windows) {
        assertThat(Arrays.copyOfRange(window.input(), 64, 128)).containsOnly(0f);
        assertThat(Arrays.copyOfRange(window.input(), 176, 192)).containsOnly(0f);
      }
    }

    @Test
    void anOptionalChannelWhoseElectrodeIsOffIsLeftOut() {
      WindowPlan plan = Plans.beats(RATE, LEADS, "mV");
      BitSet off = new BitSet();
      off.set(1);
      List<CutWindow> windows = new ArrayList<>();
      new StreamWindower(plan, 0).append(leads, 0, leads[0].length, off, windows::add);
      assertThat(windows).hasSizeGreaterThan(50);
      assertThat(windows.get(9).quality())
          .isEqualTo(new SignalQuality(QualityLevel.USABLE, "V1: lead off 100 %, left out"));
      assertThat(Arrays.copyOfRange(windows.get(9).input(), 64, 128)).containsOnly(0f);
    }

    @Test
    void aRequiredChannelWhoseElectrodeIsOffMakesTheWindowBad() {
      WindowPlan plan = Plans.beats(RATE, LEADS, "mV");
      BitSet off = new BitSet();
      off.set(0);
      List<CutWindow> windows = new ArrayList<>();
      new StreamWindower(plan, 0).append(leads, 0, leads[0].length, off, windows::add);
      assertThat(windows).isNotEmpty();
      assertThat(windows.get(9).quality())
          .isEqualTo(new SignalQuality(QualityLevel.BAD, "II: lead off 100 %"));
    }

    /** Amplifiers run to a rail meanwhile, and the electrode comes back with another offset. */
    @Test
    void anElectrodeThatWasOffLeavesNothingInTheWindowsBehind() {
      int from = 30 * (int) RATE;
      int to = 35 * (int) RATE;
      for (float[] lead : leads) {
        Arrays.fill(lead, from, to, 9);
        shift(lead, to, 4);
      }
      BitSet off = new BitSet();
      off.set(0, 2);
      List<CutWindow> windows = new ArrayList<>();
      StreamWindower windower = new StreamWindower(Plans.beats(RATE, LEADS, "mV"), 0);
      windower.append(leads, 0, from, NONE, windows::add);
      windower.append(leads, from, to, off, windows::add);
      windower.append(leads, to, leads[0].length, NONE, windows::add);

      assertCalm(windows, to);
    }

    @ParameterizedTest
    @ValueSource(floats = {20, 300, -1000})
    void anElectrodeThatMovedLeavesNothingInTheWindowsBehind(float millivolts) {
      int at = 30 * (int) RATE;
      for (float[] lead : leads) {
        shift(lead, at, millivolts);
      }

      assertCalm(cut(Plans.beats(RATE, LEADS, "mV"), leads), at);
    }

    @Test
    void anElectrodeThatMovedWhileValuesWereNotNumbersLeavesNothingBehind() {
      int from = 30 * (int) RATE;
      int to = 32 * (int) RATE;
      for (float[] lead : leads) {
        Arrays.fill(lead, from, to, Float.NaN);
        shift(lead, to, 50);
      }

      assertCalm(cut(Plans.beats(RATE, LEADS, "mV"), leads), to);
    }

    private static void shift(float[] lead, int from, float millivolts) {
      for (int i = from; i < lead.length; i++) {
        lead[i] += millivolts;
      }
    }

    /** Windows wholly behind a sample are those of a heart of 1 mV, and there is one a beat. */
    private void assertCalm(List<CutWindow> windows, int sample) {
      List<CutWindow> behind =
          windows.stream()
              .filter(
                  window -> window.startSample() > sample + 36 && window.beatSample() < 55 * RATE)
              .toList();
      assertThat(behind).hasSizeGreaterThan(20).allSatisfy(this::assertCalm);
    }

    private void assertCalm(CutWindow window) {
      float low = Float.POSITIVE_INFINITY;
      float high = Float.NEGATIVE_INFINITY;
      for (int i = 0; i < 64; i++) {
        low = Math.min(low, window.input()[i]);
        high = Math.max(high, window.input()[i]);
      }
      assertThat(high - low).as("at %d", window.beatSample()).isBetween(0.8f, 1.4f);
      assertThat(window.quality().level()).isEqualTo(QualityLevel.GOOD);
    }

    @Test
    void aMarginAddsSamplesAndLeavesTheContextOverTheWindowProper() {
      WindowPlan plan = Plans.beats(RATE, LEADS, "mV");
      List<CutWindow> plain = cut(plan, leads);
      List<CutWindow> wide = cut(plan.withMargin(5), leads);
      assertThat(wide).hasSameSizeAs(plain);
      for (int i = 1; i < plain.size(); i++) {
        assertThat(wide.get(i).startSample()).isEqualTo(plain.get(i).startSample());
        for (int row = 0; row < 3; row++) {
          assertThat(Arrays.copyOfRange(wide.get(i).input(), row * 74 + 5, row * 74 + 69))
              .isEqualTo(Arrays.copyOfRange(plain.get(i).input(), row * 64, row * 64 + 64));
        }
      }
    }

    @Test
    void aLabelNeverWaitsLongForTheNextBeat() {
      WindowPlan plan = Plans.beats(RATE, LEADS, "mV");
      float[][] paused = {leads[0].clone(), leads[1].clone()};
      long last = beats[30] + 200;
      Arrays.fill(paused[0], (int) last, paused[0].length, paused[0][(int) last]);
      Arrays.fill(paused[1], (int) last, paused[1].length, paused[1][(int) last]);
      StreamWindower windower = new StreamWindower(plan, 0);
      List<CutWindow> windows = new ArrayList<>();
      int seen = 0;
      for (int at = 0; at < 40 * RATE; at++) {
        windower.append(paused, at, at + 1, NONE, windows::add);
        for (; seen < windows.size(); seen++) {
          if (windows.get(seen).beatSample() > 3 * RATE) {
            assertThat((at - windows.get(seen).beatSample()) / RATE).isLessThan(2.1);
          }
        }
      }
      assertThat(windows.stream().filter(window -> window.beatSample() < last)).hasSize(31);
    }
  }

  @Nested
  class Gaps {
    private final float[][] leads = SyntheticEcg.leads(2, RATE, 120, 5);

    @Test
    void aLongGapCostsNothingAndBeatsGoOnBehindIt() {
      WindowPlan plan = Plans.beats(RATE, LEADS, "mV");
      StreamWindower windower = new StreamWindower(plan, 0);
      List<CutWindow> windows = new ArrayList<>();
      windower.append(leads, 0, 60 * 360, NONE, windows::add);
      windower.appendGap(1L << 38, windows::add);
      assertThat(windower.nextSampleIndex()).isEqualTo(60 * 360 + (1L << 38));
      int before = windows.size();
      windower.append(leads, 60 * 360, 120 * 360, NONE, windows::add);
      windower.finish(windows::add);
      assertThat(windows.subList(before + 1, windows.size()))
          .hasSizeGreaterThan(60)
          .allMatch(window -> window.beatSample() >= 60 * 360 + (1L << 38));
    }

    @Test
    void beatsBesideALongGapAreMarkedAsLackingSamples() {
      WindowPlan plan = Plans.beats(RATE, LEADS, "mV");
      long[] beats = {5000, 5300, 8000};
      StreamWindower windower = StreamWindower.withReferenceBeats(plan, 0, beats);
      List<CutWindow> windows = new ArrayList<>();
      windower.append(leads, 0, 5380, NONE, windows::add);
      windower.appendGap(8000 - 20 - 5380, windows::add);
      windower.append(leads, 7980, 9000, NONE, windows::add);
      windower.finish(windows::add);
      assertThat(windows).hasSize(3);
      assertThat(windows.get(0).quality()).isEqualTo(SignalQuality.GOOD);
      assertThat(windows.get(1).quality().reason()).contains("samples lost");
      assertThat(windows.get(2).quality().reason()).contains("samples lost");
    }

    @Test
    void slidingWindowsOverAShortGapAreCutAndOverALongOneNot() {
      WindowPlan plan = Plans.sliding(1000, 200, 50, 10);
      float[][] samples = SyntheticEcg.leads(2, 1000, 4, 2);
      StreamWindower windower = new StreamWindower(plan, 0);
      List<CutWindow> windows = new ArrayList<>();
      windower.append(samples, 0, 1000, NONE, windows::add);
      windower.appendGap(60, windows::add);
      windower.append(samples, 1060, 2000, NONE, windows::add);
      windower.appendGap(1000, windows::add);
      windower.append(samples, 3000, 4000, NONE, windows::add);
      windower.finish(windows::add);
      List<Long> starts = windows.stream().map(CutWindow::startSample).toList();
      assertThat(starts).contains(900L, 1000L, 1750L, 3000L, 3750L);
      assertThat(starts).doesNotContain(1800L, 2000L, 2950L);
      assertThat(windows.get(starts.indexOf(1000L)).quality().reason()).contains("samples lost");
    }

    @Test
    void ofAQuarterOfASecondAreBridgedAndNotOneSampleMore() {
      WindowPlan plan = Plans.sliding(1000, 200, 50, 10);
      assertThat(plan.bridgedGapSamples()).isEqualTo(250);

      assertThat(startsAround(plan, 250)).contains(750L, 800L, 1000L, 1250L);
      assertThat(startsAround(plan, 251)).contains(750L, 1300L).doesNotContain(800L, 1000L, 1250L);
    }

    /** A window is 711 samples long, and 117 of those of the second beat are lost. */
    @ParameterizedTest
    @ValueSource(ints = {300, 711, 712, 713, 720, 760, 820, 1423, 5000})
    void countTheirSamplesOnceHoweverLongTheyAre(int gap) {
      WindowPlan plan = Plans.beats(1000, List.of("II"), "mV");
      StreamWindower windower =
          StreamWindower.withReferenceBeats(plan, 0, new long[] {1000, 2000 + gap + 150});
      List<CutWindow> windows = new ArrayList<>();
      float[][] samples = SyntheticEcg.leads(1, 1000, 4, 2);
      windower.append(samples, 0, 2000, NONE, windows::add);
      windower.appendGap(gap, windows::add);
      windower.append(samples, 2000, 4000, NONE, windows::add);
      windower.finish(windows::add);

      CutWindow behind = windows.get(1);
      assertThat(behind.startSample()).isBetween(2000L + gap - 125, 2000L + gap - 110);
      assertThat(behind.quality().level()).isEqualTo(QualityLevel.USABLE);
      assertThat(behind.quality().reason()).matches("II: samples lost 1[4-7] %");
    }

    private static List<Long> startsAround(WindowPlan plan, int gap) {
      float[][] samples = SyntheticEcg.leads(2, 1000, 3, 2);
      StreamWindower windower = new StreamWindower(plan, 0);
      List<CutWindow> windows = new ArrayList<>();
      windower.append(samples, 0, 1000, NONE, windows::add);
      windower.appendGap(gap, windows::add);
      windower.append(samples, 1000 + gap, 3000, NONE, windows::add);
      windower.finish(windows::add);
      return windows.stream().map(CutWindow::startSample).toList();
    }
  }

  @Nested
  class State {
    @Test
    void itStaysBoundedThroughAnHour() {
      WindowPlan plan = Plans.beats(RATE, LEADS, "mV");
      float[][] minute = SyntheticEcg.leads(2, RATE, 60, 6);
      StreamWindower windower = new StreamWindower(plan, 0);
      int early = 0;
      for (int i = 0; i < 60; i++) {
        windower.append(minute, 0, minute[0].length, NONE, window -> {});
        if (i == 2) {
          early = Session.save(windower).length;
        }
      }
      assertThat(Session.save(windower).length).isBetween(early / 2, early + 2000);
      assertThat(early).isLessThan(64_000);
    }

    @Test
    void onlyWhatWindowsToComeShowIsSaved() {
      WindowPlan plan = Plans.sliding(200, 200, 96, 20);
      float[][] samples = SyntheticEcg.leads(2, 200, 10, 6);
      StreamWindower windower = new StreamWindower(plan, 0);
      windower.append(samples, 0, 2000, NONE, window -> {});

      assertThat(Session.save(windower).length).isBetween(2 * 80 * Float.BYTES, 2 * 700);
    }

    /** Saved by the commit before the third form, in the middle of the session below. */
    @ParameterizedTest
    @ValueSource(strings = {"sliding", "beats"})
    void whatWasSavedInTheSecondFormGoesOn(String kind) throws IOException {
      boolean isSliding = kind.equals("sliding");
      double rate = isSliding ? 200 : 250;
      WindowPlan plan =
          isSliding ? Plans.sliding(rate, 200, 96, 20) : Plans.beats(rate, LEADS, "mV");
      Session session = Session.of(2, rate, 12, 7).disturbed(rate, 7);
      List<CutWindow> whole = session.play(new StreamWindower(plan, 0));
      byte[] saved;
      try (InputStream file =
          StreamWindowerTest.class.getResourceAsStream("second-form-" + kind + ".bin")) {
        saved = file.readAllBytes();
      }

      List<CutWindow> rest = session.play(Session.restore(saved, plan));

      assertThat(rest).hasSizeBetween(8, whole.size() - 3);
      List<CutWindow> expected = whole.subList(whole.size() - rest.size(), whole.size());
      if (isSliding) {
        StreamWindowerPropertyTest.assertSame(rest, expected);
      } else {
        assertSameBesidesTheSecondLead(rest, expected);
      }
    }

    /**
     * That release still filtered what an electrode gives while it is off, as V1 was shortly
     * before.
     */
    private static void assertSameBesidesTheSecondLead(
        List<CutWindow> actual, List<CutWindow> expected) {
      assertThat(actual)
          .usingRecursiveFieldByFieldElementComparatorIgnoringFields("input")
          .isEqualTo(expected);
      for (int i = 0; i < expected.size(); i++) {
        assertThat(Arrays.copyOf(actual.get(i).input(), 64))
            .isEqualTo(Arrays.copyOf(expected.get(i).input(), 64));
      }
    }

    @Test
    void aSessionMayBeJoinedLate() {
      WindowPlan plan = Plans.sliding(1000, 200, 50, 10);
      float[][] samples = SyntheticEcg.leads(2, 1000, 2, 2);
      StreamWindower windower = new StreamWindower(plan, 12_345);
      List<CutWindow> windows = new ArrayList<>();
      windower.append(samples, 0, 2000, NONE, windows::add);
      assertThat(windows.get(0).startSample()).isEqualTo(12_350);
      assertThat(windower.nextSampleIndex()).isEqualTo(14_345);
    }

    @Test
    void aWindowerOverAnnotatedBeatsCannotBeSaved() {
      StreamWindower windower =
          StreamWindower.withReferenceBeats(
              Plans.beats(RATE, LEADS, "mV"), 0, new long[] {100, 500});
      assertThatThrownBy(() -> Session.save(windower))
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Nested
  class Refusals {
    @Test
    void aStreamWithoutARequiredChannelIsRefused() {
      assertThatThrownBy(
              () ->
                  WindowPlan.of(
                      new Windowing.Sliding(50, 10),
                      200,
                      "uV",
                      List.of(ModelChannel.named("ch1"), ModelChannel.named("ch2")),
                      List.of(),
                      Modality.EMG,
                      200,
                      List.of("ch1"),
                      "uV"))
          .isInstanceOf(ChannelMismatchException.class)
          .hasMessageContaining("'ch2'");
    }

    @Test
    void aRateFarFromTheModelsIsRefused() {
      assertThatThrownBy(() -> Plans.sliding(1, 200, 50, 10))
          .hasMessage(
              "the stream's rate is 1.0 Hz; a model at 200.0 Hz expects 10.0 to 100000.0 Hz");
    }

    @Test
    void aStreamInWhichNoBeatCanBeFoundIsRefused() {
      assertThatThrownBy(() -> Plans.beats(40, LEADS, "mV"))
          .hasMessage("the stream's rate is 40.0 Hz; beats are found from 50.0 Hz on");
    }

    @Test
    void aFilterThatWouldLeaveNothingIsRefused() {
      assertThatThrownBy(
              () ->
                  WindowPlan.of(
                      new Windowing.Sliding(50, 10),
                      200,
                      "uV",
                      List.of(ModelChannel.named("1")),
                      List.of(new FilterSpecification.HighPass(2, 60)),
                      Modality.EMG,
                      100,
                      List.of("1"),
                      "uV"))
          .hasMessageContaining("60.0 Hz leaves nothing of a stream at 100.0 Hz");
    }

    @Test
    void anUnknownFeatureOfTheContextIsRefused() {
      assertThatThrownBy(
              () ->
                  WindowPlan.of(
                      new Windowing.BeatCentred(64, 24, List.of("heart-rate")),
                      90,
                      "mV",
                      List.of(ModelChannel.named("II")),
                      List.of(),
                      Modality.ECG,
                      360,
                      List.of("II"),
                      "mV"))
          .hasMessageContaining("rhythm feature 'heart-rate' is unknown");
    }

    @Test
    void samplesOfAnotherNumberOfChannelsAreRefused() {
      StreamWindower windower = new StreamWindower(Plans.beats(RATE, LEADS, "mV"), 0);
      assertThatThrownBy(() -> windower.append(new float[3][10], 0, 10, NONE, window -> {}))
          .hasMessage("3 channels of samples; expected one for each of [MLII, V5]");
    }

    @Test
    void beatsOutOfOrderAreRefused() {
      assertThatThrownBy(
              () ->
                  StreamWindower.withReferenceBeats(
                      Plans.beats(RATE, LEADS, "mV"), 0, new long[] {500, 500}))
          .hasMessageContaining("reference beat 1 is at sample 500, not after");
    }
  }

  @Test
  void aStreamThatIsTooSlowForTheModelsStepsIsRefused() {
    // Windows in which no sample lies would be empty, and two at one sample the same label's.
    assertThat(Plans.sliding(50, 1000, 40, 20).streamRateHz()).isEqualTo(50);
    assertThatThrownBy(() -> Plans.sliding(50, 1000, 40, 19))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the stream's rate is 50.0 Hz, at which no sample lies in every 19 at 1000.0 Hz;"
                + " expected 52.6 Hz or more");
  }
}
