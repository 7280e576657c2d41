package io.physiowave.quickstart.command;

import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.recording.RecordingChannel;
import io.physiowave.connectors.simulate.EcgSimulator;
import io.physiowave.connectors.simulate.EcgSimulatorOptions;
import io.physiowave.connectors.simulate.EmgSimulator;
import io.physiowave.connectors.simulate.EmgSimulatorOptions;
import io.physiowave.connectors.simulate.RhythmProfile;
import io.physiowave.core.card.ChannelMismatchException;
import io.physiowave.core.card.ModelCard;
import io.physiowave.core.frame.Modality;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.frame.SignalFrameCodec;
import io.physiowave.core.window.StreamWindower;
import io.physiowave.core.window.WindowPlan;
import io.physiowave.streaming.model.ModelCatalogue;
import io.physiowave.streaming.model.ServedModel;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a few seconds of simulated signal through the code that frames and windows go through, while
 * the servers still start: Java loads and compiles that code then, and not when the first live
 * frames wait for it.
 */
final class Rehearsal {
  private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
  private static final double FRAME_SECONDS = 0.05;

  /** Long enough for the beat detector to have learnt and found some beats. */
  private static final double SECONDS = 12;

  private Rehearsal() {}

  /** Rehearses every model whose kind of signal can be simulated. */
  static void of(ModelCatalogue models) {
    for (ServedModel model : models.models()) {
      Modality modality = model.card().modality();
      if (modality == Modality.EEG) {
        continue;
      }
      try (Recording simulation =
          modality == Modality.ECG
              ? new EcgSimulator(EcgSimulatorOptions.of(RhythmProfile.SINUS, 1))
              : new EmgSimulator(EmgSimulatorOptions.of(1))) {
        LOG.debug("{} windows rehearsed for {}", play(simulation, model.card()), model);
      } catch (ChannelMismatchException e) {
        LOG.info("{} is not rehearsed: {}", model, e.getMessage());
      } catch (IOException e) {
        throw new IllegalStateException("a simulation reads no file", e);
      }
    }
  }

  private static int play(Recording simulation, ModelCard card) throws IOException {
    List<RecordingChannel> channels = simulation.channels();
    List<String> names = channels.stream().map(RecordingChannel::name).toList();
    String unit = channels.get(0).unit();
    double rate = simulation.sampleRateHz();
    StreamWindower windower = new StreamWindower(WindowPlan.of(card, rate, names, unit), 0);
    int[] windows = new int[1];
    int length = (int) Math.round(rate * FRAME_SECONDS);
    for (long position = 0; position < SECONDS * rate; position += length) {
      float[][] samples = new float[channels.size()][length];
      simulation.read(samples, 0, length);
      SignalFrame frame =
          new SignalFrame(
              "rehearsal",
              "rehearsal",
              simulation.modality(),
              position,
              0,
              0,
              rate,
              names,
              unit,
              samples,
              new BitSet(),
              false);
      SignalFrame received = SignalFrameCodec.decode(SignalFrameCodec.encode(frame));
      windower.append(
          received.samples(), 0, received.sampleCount(), received.leadOff(), cut -> windows[0]++);
    }
    return windows[0];
  }
}
