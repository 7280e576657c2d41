package io.physiowave.core.rhythm;

/**
 * How one beat compares with those before it, in one channel.
 *
 * @param correlation of the QRS complexes, -1 to 1
 * @param distance root mean square difference of the QRS complexes, relative to peak to peak
 * @param widthRatio width of the QRS complex over the usual one
 * @param waveCorrelation of the time before the QRS complex, -1 to 1
 */
record ShapeComparison(
    double correlation, double distance, double widthRatio, double waveCorrelation) {

  /** The feature's value before the final limit; see {@link RhythmFeature}. */
  double value(RhythmFeature.Shape shape) {
    return switch (shape) {
      case CORRELATION -> (correlation - 0.93) / 0.15;
      case DISTANCE -> (Math.min(1, distance) - 0.12) / 0.13;
      case WIDTH -> Scale.logarithm(widthRatio + 0.001) / 0.3;
      case P_WAVE -> (waveCorrelation - 0.7) / 0.35;
    };
  }
}
