package io.physiowave.streaming.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.card.Decision;
import io.physiowave.core.card.ModelCard;
import io.physiowave.core.frame.Modality;
import io.physiowave.core.frame.RejectionReason;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.window.CutWindow;
import io.physiowave.core.window.SignalWindow;
import io.physiowave.core.window.StreamWindower;
import io.physiowave.core.window.WindowPlan;
import io.physiowave.streaming.testing.TestModels;
import io.physiowave.streaming.testing.TestSignals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever a network does to a session, its windows are those of a plain run over what is left. */
class WindowAssemblerProperties {
  private static final int STATE_LIMIT = 200_000;

  /** Frames of a millisecond, each delayed by 60 ms at most, leave fewer than these waiting. */
  private static final int WAITING = 100;

  /** A frame alone that is further ahead is a mistake. */
  private static final double REACH_SECONDS =
      AssemblerHarness.OPTIONS.maximumLateness().toSeconds();

  /** Where the mistakes of devices begin. */
  private static final long NOWHERE = 1L << 32;

  private static final ModelCard EMG = TestModels.emg(Decision.ARG_MAX);
  private static final ModelCard ECG = TestModels.ecg();
  private static Path directory;

  @BeforeContainer
  static void makeDirectory() throws Exception {
    directory = Files.createTempDirectory("assembler");
  }

  @AfterContainer
  static void deleteDirectory() throws Exception {
    try (var files = Files.walk(directory)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Provide
  Arbitrary<Double> rates() {
    return Arbitraries.of(128.0, 200.0, 250.0, 257.3, 1000.0);
  }

  /** A frame and the time at which it arrives. */
  private record Delivery(SignalFrame frame, long arrivalMillis) {}

  @Property(tries = 25)
  void windowsDependOnTheSamplesThatArriveInTimeAlone(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 90) int longestFrame,
      @ForAll @IntRange(max = 25) int percentLost,
      @ForAll @IntRange(max = 30) int percentDoubled,
      @ForAll @IntRange(max = 60) int mostDelayed,
      @ForAll @IntRange(max = 4) int interruptions,
      @ForAll @IntRange(max = 4) int mistakes,
      @ForAll("rates") double rate,
      @ForAll boolean beats,
      @ForAll boolean serialisingBackend)
      throws Exception {
    Random random = new Random(seed);
    List<List<SignalFrame>> kept = new ArrayList<>();
    List<Delivery> deliveries = new ArrayList<>();
    long clock = 1_000_000;
    for (int session = 0; session < 2; session++) {
      List<SignalFrame> frames =
          frames("session-" + session, longestFrame, interruptions, rate, beats, random);
      List<SignalFrame> left = new ArrayList<>();
      long start = clock;
      for (int i = 0; i < frames.size(); i++) {
        SignalFrame frame = frames.get(i);
        if (random.nextInt(frames.size()) < interruptions) {
          // The network is silent, and everything comes later.
          start += random.nextInt(5_000);
        }
        clock = start + Math.round(frame.endSampleIndex() * 1000 / rate);
        boolean isLost = i > 0 && !frame.endOfSession() && random.nextInt(100) < percentLost;
        if (!isLost) {
          left.add(frame);
          long delay = frame.endOfSession() || i == 0 ? 0 : random.nextInt(mostDelayed + 1);
          deliveries.add(new Delivery(frame, clock + delay));
          if (random.nextInt(100) < percentDoubled) {
            deliveries.add(new Delivery(frame, clock + random.nextInt(mostDelayed + 1)));
          }
        }
      }
      for (int i = 0; i < mistakes; i++) {
        // A frame of the session, as if at a place to which it never comes.
        SignalFrame frame = frames.get(random.nextInt(frames.size()));
        long first = NOWHERE + (long) (i * 3 * REACH_SECONDS * rate);
        long arrival = start + Math.round(frame.endSampleIndex() * 1000 / rate);
        deliveries.add(
            new Delivery(at(first, frame), Math.min(clock - 1, arrival + random.nextInt(500))));
      }
      // What is delayed still belongs to its own session.
      clock += 1_000;
      kept.add(left);
    }
    deliveries.sort(Comparator.comparingLong(Delivery::arrivalMillis));

    AssemblerHarness usual = new AssemblerHarness(directory);
    AssemblerHarness assembler = usual.holding(WAITING);
    usual.close();
    if (serialisingBackend) {
      AssemblerHarness other = assembler.onRocksDb();
      assembler.close();
      assembler = other;
    }
    for (Delivery delivery : deliveries) {
      assembler.advanceTo(delivery.arrivalMillis());
      assembler.accept(TestSignals.arrived(delivery.frame(), delivery.arrivalMillis()));
      if (random.nextInt(60) == 0) {
        assembler.restart();
      }
      assertThat(assembler.timers()).isLessThanOrEqualTo(2);
    }
    assertThat(assembler.stateBytes()).isLessThan(STATE_LIMIT);
    assembler.advanceTo(clock + 10_000_000);
    assertThat(assembler.stateEntries()).isZero();

    List<CutWindow> expected = new ArrayList<>();
    kept.forEach(session -> expected.addAll(reference(withoutLonely(session))));
    List<SignalWindow> windows = assembler.windows();
    int lonely =
        kept.stream().mapToInt(session -> session.size() - withoutLonely(session).size()).sum();
    assertThat(assembler.rejected())
        .filteredOn(frame -> frame.reason() == RejectionReason.FAR_AHEAD)
        .hasSize(2 * mistakes + lonely);
    assembler.close();
    for (int i = 0; i < Math.min(windows.size(), expected.size()); i++) {
      CutWindow cut = expected.get(i);
      SignalWindow window = windows.get(i);
      assertThat(window.startSample()).isEqualTo(cut.startSample());
      assertThat(window.endSample()).isEqualTo(cut.endSample());
      assertThat(window.quality()).as("window %d", i).isEqualTo(cut.quality());
      assertThat(window.input()).as("window %d", i).isEqualTo(cut.input());
    }
    assertThat(windows.size()).isEqualTo(expected.size());
  }

  private static List<SignalFrame> frames(
      String session, int longest, int interruptions, double rate, boolean beats, Random random) {
    int samples = (int) ((beats ? 8 : 2 + random.nextInt(5)) * rate);
    List<SignalFrame> frames = new ArrayList<>();
    int first = 0;
    int before = 0;
    while (first < samples) {
      if (first > 0 && random.nextInt(samples) < interruptions * longest) {
        // The device counts on while nothing can be sent.
        int missed = (int) ((REACH_SECONDS + 1 + random.nextInt(20)) * rate);
        first += missed;
        samples += missed;
        before = 0;
      }
      // Some frames repeat the end of the one before; all of it would be that frame once more.
      int most = Math.max(0, before - 1);
      int overlap = random.nextInt(4) == 0 ? Math.min(most, random.nextInt(5)) : 0;
      int count = Math.min(samples - first, 1 + (int) (random.nextInt(longest) * rate / 200));
      boolean isLast = first + count == samples;
      SignalFrame frame =
          TestSignals.frame("arm", session, first - overlap, count + overlap, isLast);
      frames.add(at(rate, beats, frame));
      first += count;
      before = count;
    }
    return frames;
  }

  /** Without frames that are far ahead of what came before, and that no further one follows. */
  private static List<SignalFrame> withoutLonely(List<SignalFrame> frames) {
    List<SignalFrame> left = new ArrayList<>();
    for (int i = 0; i < frames.size(); i++) {
      boolean isNear = left.isEmpty() || isNear(left.get(left.size() - 1), frames.get(i));
      boolean isFollowed = i + 1 < frames.size() && isNear(frames.get(i), frames.get(i + 1));
      if (isNear || isFollowed) {
        left.add(frames.get(i));
      }
    }
    return left;
  }

  private static boolean isNear(SignalFrame frame, SignalFrame later) {
    return later.firstSampleIndex() - frame.endSampleIndex()
        <= (long) (REACH_SECONDS * frame.sampleRateHz());
  }

  /** The frame at another place. */
  private static SignalFrame at(long first, SignalFrame frame) {
    return new SignalFrame(
        frame.streamId(),
        frame.sessionId(),
        frame.modality(),
        first,
        frame.deviceTimeMicros(),
        0,
        frame.sampleRateHz(),
        frame.channels(),
        frame.unit(),
        frame.samples(),
        frame.leadOff(),
        frame.endOfSession());
  }

  /** The frame as of another device, perhaps a heart's: an R peak every 0.8 s. */
  private static SignalFrame at(double rate, boolean beats, SignalFrame frame) {
    float[][] samples = frame.samples();
    if (beats) {
      samples = new float[1][frame.sampleCount()];
      for (int i = 0; i < samples[0].length; i++) {
        long sample = frame.firstSampleIndex() + i;
        double seconds = sample / rate % 0.8 - 0.4;
        samples[0][i] =
            (float) (1.5 * Math.exp(-seconds * seconds * 3500) + 0.02 * Math.sin(sample * 0.7));
      }
    }
    return new SignalFrame(
        frame.streamId(),
        frame.sessionId(),
        beats ? Modality.ECG : Modality.EMG,
        frame.firstSampleIndex(),
        frame.deviceTimeMicros(),
        0,
        rate,
        beats ? List.of("II") : frame.channels(),
        frame.unit(),
        samples,
        frame.leadOff(),
        frame.endOfSession());
  }

  /** Frames in the order of their samples, with gaps where some are missing. */
  private static List<CutWindow> reference(List<SignalFrame> frames) {
    SignalFrame head = frames.get(0);
    StreamWindower windower =
        new StreamWindower(
            WindowPlan.of(
                head.modality() == Modality.ECG ? ECG : EMG,
                head.sampleRateHz(),
                head.channels(),
                head.unit()),
            0);
    List<CutWindow> windows = new ArrayList<>();
    for (SignalFrame frame : frames) {
      long next = windower.nextSampleIndex();
      if (frame.firstSampleIndex() > next) {
        windower.appendGap(frame.firstSampleIndex() - next, windows::add);
      }
      int from = (int) Math.max(0, next - frame.firstSampleIndex());
      windower.append(frame.samples(), from, frame.sampleCount(), frame.leadOff(), windows::add);
    }
    windower.finish(windows::add);
    return windows;
  }
}
