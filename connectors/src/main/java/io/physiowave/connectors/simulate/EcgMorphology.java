package io.physiowave.connectors.simulate;

import io.physiowave.connectors.simulate.EcgLead.VentricularFocus;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The waves of each kind of beat, in each lead, of one simulated patient. */
final class EcgMorphology {
  private final Map<BeatKind, List<Wave>> waves = new EnumMap<>(BeatKind.class);
  private final List<EcgLead> leads;

  EcgMorphology(List<EcgLead> leads, Random random) {
    this.leads = leads;
    double size = between(random, 0.85, 1.2);
    double qrsWidth = between(random, 0.95, 1.1);
    double tSize = between(random, 0.75, 1.2);
    VentricularFocus focus =
        random.nextBoolean() ? VentricularFocus.OUTFLOW_TRACT : VentricularFocus.LEFT_VENTRICLE;
    List<Wave> qrst =
        List.of(
            wave(-0.026, 0.010 * qrsWidth, 0.009 * qrsWidth, lead -> size * lead.q()),
            wave(0, 0.013 * qrsWidth, 0.012 * qrsWidth, lead -> size * lead.r()),
            wave(0.030, 0.010 * qrsWidth, 0.013 * qrsWidth, lead -> size * lead.s()),
            recovery(0.29, 0.055, 0.035, lead -> tSize * lead.t()));
    waves.put(BeatKind.FIBRILLATION, qrst);
    waves.put(BeatKind.SINUS, with(wave(-0.155, 0.022, 0.020, EcgLead::p), qrst));
    waves.put(
        BeatKind.ATRIAL_PREMATURE, with(wave(-0.125, 0.017, 0.017, lead -> -0.6 * lead.p()), qrst));
    double ventricular = between(random, 0.85, 1.15);
    waves.put(
        BeatKind.VENTRICULAR,
        List.of(
            wave(-0.01, 0.030, 0.034, lead -> ventricular * lead.ventricular(focus)),
            wave(0.085, 0.026, 0.030, lead -> -0.35 * ventricular * lead.ventricular(focus)),
            recovery(0.31, 0.060, 0.045, lead -> -0.32 * ventricular * lead.ventricular(focus))));
  }

  List<Wave> of(BeatKind kind) {
    return waves.get(kind);
  }

  private Wave wave(
      double seconds, double before, double after, ToDoubleFunction<EcgLead> amplitude) {
    return new Wave(seconds, false, before, after, leads.stream().mapToDouble(amplitude).toArray());
  }

  private Wave recovery(
      double seconds, double before, double after, ToDoubleFunction<EcgLead> amplitude) {
    return new Wave(seconds, true, before, after, leads.stream().mapToDouble(amplitude).toArray());
  }

  private static List<Wave> with(Wave first, List<Wave> others) {
    return Stream.concat(Stream.of(first), others.stream()).toList();
  }

  private static double between(Random random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }
}
