package io.physiowave.connectors.simulate;

import io.physiowave.connectors.recording.DigitalScale;
import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.recording.RecordingAnnotation;
import io.physiowave.connectors.recording.RecordingChannel;
import io.physiowave.connectors.recording.emgtext.HandGesture;
import io.physiowave.core.frame.Modality;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Simulated surface EMG of eight electrodes around the forearm, with the gestures as its truth.
 *
 * <p>In the form of the UCI recordings: volts in steps of 10 uV at 1000 rows per second, the
 * armband itself sampling at 200 Hz and holding each value for five rows. A gesture is true from
 * the row at which the arm begins to change to it. {@link #annotations} may be called from other
 * threads and tells the gestures begun so far with their planned ends; of an endless simulation,
 * the latest 100,000.
 */
public final class EmgSimulator implements Recording {
  private final EmgSimulatorOptions options;
  private final GestureStatistics statistics;
  private final GestureSequence sequence;
  private final Arm arm;
  private final TruthLog truth;
  private final List<RecordingChannel> channels;
  private final int rowsPerSample;
  private final double[] volts;
  private final float[] held;
  private long position;
  private long gestureEnd;

  public EmgSimulator(EmgSimulatorOptions options) {
    this.options = options;
    this.statistics = GestureStatistics.load();
    Random seeds = new Random(options.seed());
    this.sequence =
        new GestureSequence(
            options.gestures().stream().map(HandGesture::code).toList(),
            options.shortestSeconds(),
            options.longestSeconds(),
            new Random(seeds.nextLong()));
    this.arm = new Arm(statistics, new Random(seeds.nextLong()));
    this.truth = new TruthLog(options.truthListener());
    int electrodes = statistics.gestures().get(0).logRms().length;
    this.channels =
        IntStream.rangeClosed(1, electrodes)
            .mapToObj(
                number ->
                    new RecordingChannel(
                        "channel" + number,
                        "V",
                        Optional.of(new DigitalScale(statistics.stepVolts(), 0))))
            .toList();
    this.rowsPerSample = (int) (EmgSimulatorOptions.SAMPLE_RATE_HZ / statistics.sampleRateHz());
    this.volts = new double[electrodes];
    this.held = new float[electrodes];
  }

  @Override
  public String name() {
    return "simulated-emg-" + options.seed();
  }

  @Override
  public Modality modality() {
    return Modality.EMG;
  }

  @Override
  public double sampleRateHz() {
    return EmgSimulatorOptions.SAMPLE_RATE_HZ;
  }

  @Override
  public List<RecordingChannel> channels() {
    return channels;
  }

  @Override
  public OptionalLong sampleCount() {
    return options.sampleCount();
  }

  @Override
  public Optional<Instant> startTime() {
    return Optional.empty();
  }

  @Override
  public int read(float[][] into, int offset, int count) {
    long left = options.sampleCount().orElse(Long.MAX_VALUE) - position;
    if (left <= 0) {
      return -1;
    }
    int wanted = (int) Math.min(count, left);
    for (int i = 0; i < wanted; i++) {
      if (position == gestureEnd) {
        change();
      }
      if (position % rowsPerSample == 0) {
        sample();
      }
      for (int channel = 0; channel < held.length; channel++) {
        into[channel][offset + i] = held[channel];
      }
      position++;
    }
    return wanted;
  }

  private void change() {
    GestureSequence.Held next = sequence.next();
    long samples = Math.round(next.seconds() * statistics.sampleRateHz());
    gestureEnd = position + samples * rowsPerSample;
    arm.make(next.code());
    HandGesture gesture = HandGesture.ofCode(next.code());
    long end = Math.min(gestureEnd, options.sampleCount().orElse(Long.MAX_VALUE));
    truth.add(new RecordingAnnotation(position, end, gesture.label(), gesture.description()));
  }

  private void sample() {
    arm.next(volts);
    double step = statistics.stepVolts();
    double most = Math.floor(statistics.limitVolts() / step + 1e-9) - 1;
    for (int channel = 0; channel < held.length; channel++) {
      double steps = Math.rint(volts[channel] / step);
      held[channel] = (float) (Math.max(-most - 1, Math.min(most, steps)) * step);
    }
  }

  @Override
  public List<RecordingAnnotation> annotations() {
    return truth.snapshot();
  }

  @Override
  public void close() {}
}
