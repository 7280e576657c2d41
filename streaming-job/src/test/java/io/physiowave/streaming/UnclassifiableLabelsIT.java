package io.physiowave.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.card.Decision;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.label.LabelEvent;
import io.physiowave.streaming.testing.TestJob;
import io.physiowave.streaming.testing.TestModels;
import io.physiowave.streaming.testing.TestPlatform;
import io.physiowave.streaming.testing.TestSignals;
import io.physiowave.streaming.testing.TopicReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every reason for which nothing is said, from Kafka to Kafka. Each stream is at fault in samples
 * 400 to 599, where a hand would WAVE; then it rests.
 */
class UnclassifiableLabelsIT {
  private static final int SAMPLES = 1_000;
  private static final int FRAME = 20;
  private static final int FAULT_FROM = 400;
  private static final int FAULT_TO = 600;

  /** A window within the fault, and the first behind it. */
  private static final long WITHIN = 480;

  private static final long BEHIND = FAULT_TO;

  @RegisterExtension static final TestPlatform PLATFORM = new TestPlatform();

  @TempDir static Path directory;

  /** A session whose first channel is another one during the fault. */
  private static List<SignalFrame> session(String stream, IntToDoubleFunction fault) {
    return session(stream, fault, new BitSet());
  }

  private static List<SignalFrame> session(
      String stream, IntToDoubleFunction fault, BitSet leadOff) {
    List<SignalFrame> frames = new ArrayList<>();
    for (SignalFrame frame : TestSignals.session(stream, "session", SAMPLES, FRAME)) {
      boolean isAtFault =
          frame.firstSampleIndex() >= FAULT_FROM && frame.firstSampleIndex() < FAULT_TO;
      frames.add(isAtFault ? faulty(frame, fault, leadOff) : frame);
    }
    return frames;
  }

  private static SignalFrame faulty(SignalFrame frame, IntToDoubleFunction fault, BitSet leadOff) {
    float[][] samples = frame.samples();
    for (int i = 0; i < FRAME; i++) {
      samples[0][i] = (float) fault.applyAsDouble((int) frame.firstSampleIndex() + i);
    }
    return new SignalFrame(
        frame.streamId(),
        frame.sessionId(),
        frame.modality(),
        frame.firstSampleIndex(),
        frame.deviceTimeMicros(),
        frame.gatewayTimeMicros(),
        frame.sampleRateHz(),
        frame.channels(),
        frame.unit(),
        samples,
        leadOff,
        frame.endOfSession());
  }

  private static double wave(int sample) {
    return 2 + 0.05 * Math.sin(sample * 2.1);
  }

  @Test
  void nameTheirReasonAndDoNotVote() throws Exception {
    Path model = TestModels.write(directory, TestModels.emg(new Decision(List.of(), 0.9, 5)));
    Map<String, List<SignalFrame>> streams = new HashMap<>();
    streams.put("good", session("good", UnclassifiableLabelsIT::wave));
    BitSet first = new BitSet();
    first.set(0);
    streams.put("lead off", session("lead off", UnclassifiableLabelsIT::wave, first));
    streams.put("flatline", session("flatline", sample -> 0.3));
    streams.put("saturated", session("saturated", sample -> sample / 20 % 2 == 0 ? 6 : -6));
    streams.put("not a number", session("not a number", sample -> Double.NaN));
    streams.put("is below 0.90", session("is below 0.90", sample -> wave(sample) - 1.5));
    List<SignalFrame> gap = session("samples lost", UnclassifiableLabelsIT::wave);
    gap.removeIf(frame -> frame.firstSampleIndex() == WITHIN);
    streams.put("samples lost", gap);

    try (TestJob job = TestJob.on(PLATFORM).with("--models", model.toString())) {
      job.start();
      job.send(List.copyOf(streams.values()), 0, SAMPLES / FRAME);
      Map<String, LabelEvent> within = new HashMap<>();
      Map<String, LabelEvent> behind = new HashMap<>();
      try (TopicReader<LabelEvent> labels = job.labels("labels")) {
        labels.await(
            all -> {
              all.forEach(
                  record -> {
                    LabelEvent label = record.value();
                    if (label.windowStartSample() == WITHIN) {
                      within.put(label.streamId(), label);
                    } else if (label.windowStartSample() == BEHIND) {
                      behind.put(label.streamId(), label);
                    }
                  });
              return within.size() == streams.size() && behind.size() == streams.size();
            });
      }

      assertThat(within.remove("good").label()).isEqualTo("WAVE");
      assertThat(within)
          .allSatisfy(
              (reason, label) -> {
                assertThat(label.label()).isEqualTo(LabelEvent.UNCLASSIFIABLE);
                assertThat(label.unclassifiableReason()).contains(reason);
                assertThat(label.probability()).isZero();
              });
      // Three windows of WAVE outvote the first of REST, unless they could not be told.
      assertThat(behind.remove("good").label()).isEqualTo("WAVE");
      assertThat(behind.remove("samples lost").label()).isEqualTo("WAVE");
      assertThat(behind).allSatisfy((reason, label) -> assertThat(label.label()).isEqualTo("REST"));
    }
  }
}
