package io.physiowave.core.window;

import io.physiowave.core.dsp.SyntheticEcg;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/**
 * A made-up session: samples with disturbances, and a list of gaps. It can be played to a windower
 * in any division.
 */
final class Session {
  final float[][] samples;
  final BitSet[] leadOff;

  /** Samples that are lost, by index; those of long gaps too. */
  final BitSet lost;

  private Session(float[][] samples, BitSet[] leadOff, BitSet lost) {
    this.samples = samples;
    this.leadOff = leadOff;
    this.lost = lost;
  }

  static Session of(int channels, double rateHz, double seconds, long seed) {
    float[][] samples = SyntheticEcg.leads(channels, rateHz, seconds, seed);
    int length = samples[0].length;
    BitSet[] leadOff = new BitSet[length];
    BitSet none = new BitSet();
    Arrays.fill(leadOff, none);
    return new Session(samples, leadOff, new BitSet());
  }

  /** Puts NaN, infinities, lead-off stretches and gaps into the session. */
  Session disturbed(double rateHz, long seed) {
    Random random = new Random(seed);
    int length = samples[0].length;
    for (int i = 0; i < 6; i++) {
      int channel = random.nextInt(samples.length);
      int from = random.nextInt(length);
      int count = random.nextInt((int) (rateHz * 0.4) + 1);
      float value = random.nextBoolean() ? Float.NaN : Float.POSITIVE_INFINITY;
      for (int k = from; k < Math.min(length, from + count); k++) {
        samples[channel][k] = value;
      }
    }
    for (int i = 0; i < 2; i++) {
      BitSet off = new BitSet();
      off.set(random.nextInt(samples.length));
      int from = random.nextInt(length);
      Arrays.fill(leadOff, from, Math.min(length, from + random.nextInt((int) rateHz) + 1), off);
    }
    for (int i = 0; i < 3; i++) {
      int from = random.nextInt(length);
      int count = 1 + random.nextInt((int) (rateHz * (i == 0 ? 3 : 0.3)) + 1);
      lost.set(from, Math.min(length, from + count));
    }
    return this;
  }

  /** Plays everything at once, as far as gaps and lead-off allow. */
  List<CutWindow> play(StreamWindower windower) {
    return play(windower, null, null);
  }

  /** Plays in random pieces, saving and restoring in between when a plan is given. */
  List<CutWindow> playInPieces(StreamWindower windower, long seed, WindowPlan restoreWith) {
    return play(windower, new Random(seed), restoreWith);
  }

  private List<CutWindow> play(StreamWindower start, Random pieces, WindowPlan restoreWith) {
    StreamWindower windower = start;
    List<CutWindow> windows = new ArrayList<>();
    int at = (int) windower.nextSampleIndex();
    while (at < samples[0].length) {
      int end = at + 1;
      while (end < samples[0].length
          && lost.get(end) == lost.get(at)
          && leadOff[end].equals(leadOff[at])) {
        end++;
      }
      if (pieces != null) {
        int longest = 1 << pieces.nextInt(10);
        end = Math.min(end, at + 1 + pieces.nextInt(longest));
      }
      if (lost.get(at)) {
        windower.appendGap(end - at, windows::add);
      } else {
        windower.append(samples, at, end, leadOff[at], windows::add);
      }
      if (restoreWith != null && pieces.nextInt(4) == 0) {
        windower = pieces.nextBoolean() ? copy(windower, restoreWith) : copyAndSpoil(windower);
      }
      at = end;
    }
    windower.finish(windows::add);
    return windows;
  }

  /** What happens to the original afterwards must not reach its copy. */
  private StreamWindower copyAndSpoil(StreamWindower windower) {
    StreamWindower copy = windower.copy();
    int end = Math.min(200, samples[0].length);
    windower.append(samples, 0, end, new BitSet(), window -> {});
    return copy;
  }

  static StreamWindower copy(StreamWindower windower, WindowPlan plan) {
    return restore(save(windower), plan);
  }

  static byte[] save(StreamWindower windower) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      windower.writeTo(new DataOutputStream(bytes));
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static StreamWindower restore(byte[] state, WindowPlan plan) {
    try {
      return StreamWindower.readFrom(plan, new DataInputStream(new ByteArrayInputStream(state)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
