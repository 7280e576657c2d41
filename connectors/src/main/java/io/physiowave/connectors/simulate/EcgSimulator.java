package io.physiowave.connectors.simulate;

import io.physiowave.connectors.recording.DigitalScale;
import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.recording.RecordingAnnotation;
import io.physiowave.connectors.recording.RecordingChannel;
import io.physiowave.core.frame.Modality;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/**
 * A simulated multi-lead ECG with its truth: each beat's AAMI class (N, S or V) at its R peak, and
 * {@code +} with a rhythm string such as {@code (AFIB} where the rhythm changes.
 *
 * <p>Digitised as in the MIT-BIH database: steps of 5 uV. {@link #annotations} may be called from
 * other threads and tells the truth up to the samples read so far; of an endless simulation, the
 * latest 100,000 statements.
 */
public final class EcgSimulator implements Recording {
  private static final double STEPS_PER_MILLIVOLT = 200;

  private final EcgSimulatorOptions options;
  private final List<RecordingChannel> channels;
  private final HeartDynamics heart;
  private final FibrillationWaves fibrillation;
  private final EcgNoise[] noise;
  private final double[] flicker;
  private final TruthLog truth;
  private long position;
  private double lastBeatTold = Double.NEGATIVE_INFINITY;
  private String rhythmTold = "";

  public EcgSimulator(EcgSimulatorOptions options) {
    this.options = options;
    this.channels =
        options.leads().stream()
            .map(
                lead ->
                    new RecordingChannel(
                        lead.leadName(),
                        "mV",
                        Optional.of(new DigitalScale(1 / STEPS_PER_MILLIVOLT, 0))))
            .toList();
    Random seeds = new Random(options.seed());
    double rate = options.sampleRateHz();
    HeartRhythm rhythm = new HeartRhythm(options.rhythm(), new Random(seeds.nextLong()));
    EcgMorphology morphology = new EcgMorphology(options.leads(), new Random(seeds.nextLong()));
    this.heart = new HeartDynamics(rhythm, morphology, channels.size(), rate);
    this.fibrillation = new FibrillationWaves(rate, new Random(seeds.nextLong()));
    this.noise = new EcgNoise[channels.size()];
    for (int lead = 0; lead < noise.length; lead++) {
      noise[lead] = new EcgNoise(options.noise(), rate, new Random(seeds.nextLong()));
    }
    this.flicker = options.leads().stream().mapToDouble(FibrillationWaves::millivolts).toArray();
    this.truth = new TruthLog(options.truthListener());
  }

  @Override
  public String name() {
    return "simulated-ecg-" + options.seed();
  }

  @Override
  public Modality modality() {
    return Modality.ECG;
  }

  @Override
  public double sampleRateHz() {
    return options.sampleRateHz();
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
      produce(into, offset + i);
    }
    return wanted;
  }

  private void produce(float[][] into, int at) {
    double seconds = position / options.sampleRateHz();
    double breath = Math.sin(2 * Math.PI * HeartRhythm.BREATHS_PER_SECOND * seconds);
    double[] clean = heart.advance(seconds, options.noise().wanderMillivolts() * breath);
    position++;
    boolean fibrillating = tellTruth(position / options.sampleRateHz());
    double flickering = fibrillation.next(fibrillating);
    for (int lead = 0; lead < into.length; lead++) {
      double millivolts = clean[lead] + flickering * flicker[lead] + noise[lead].next(seconds);
      into[lead][at] = (float) (Math.rint(millivolts * STEPS_PER_MILLIVOLT) / STEPS_PER_MILLIVOLT);
    }
  }

  /** Tells of the beats whose R peak has been produced; returns whether the atria fibrillate. */
  private boolean tellTruth(double seconds) {
    boolean fibrillating = false;
    for (Beat beat : heart.activeBeats()) {
      if (beat.seconds() < seconds) {
        fibrillating = beat.kind() == BeatKind.FIBRILLATION;
        if (beat.seconds() > lastBeatTold) {
          lastBeatTold = beat.seconds();
          tell(beat);
        }
      }
    }
    return fibrillating;
  }

  private void tell(Beat beat) {
    long sample = Math.max(0, Math.round(beat.seconds() * options.sampleRateHz()) - 1);
    if (!beat.rhythm().equals(rhythmTold)) {
      rhythmTold = beat.rhythm();
      truth.add(RecordingAnnotation.at(sample, "+", rhythmTold));
    }
    truth.add(RecordingAnnotation.at(sample, beat.kind().label(), ""));
  }

  @Override
  public List<RecordingAnnotation> annotations() {
    return truth.snapshot();
  }

  @Override
  public void close() {}
}
