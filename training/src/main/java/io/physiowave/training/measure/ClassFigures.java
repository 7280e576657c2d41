package io.physiowave.training.measure;

/**
 * How well one class, or one label of several, is told from the rest.
 *
 * @param precision share of the windows given it that have it; 0 when it was given to none
 * @param sensitivity share of the windows that have it that were given it; 0 when none has it
 * @param f1 harmonic mean of the two
 * @param auroc area under the curve against all other windows; NaN when all or none have it
 * @param averagePrecision mean precision over the ranks of the windows that have it; NaN for none
 * @param threshold probability from which it is given; NaN where the most probable class wins
 * @param windows that have it
 */
public record ClassFigures(
    double precision,
    double sensitivity,
    double f1,
    double auroc,
    double averagePrecision,
    double threshold,
    long windows) {}
