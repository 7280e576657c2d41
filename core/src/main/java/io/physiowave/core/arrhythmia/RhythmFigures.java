package io.physiowave.core.arrhythmia;

import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The beats of one interval of a session. Intervals are multiples of one length, counted from
 * sample 0; an RR interval belongs to the one in which it ends.
 *
 * @param startSample first sample, in samples of the stream
 * @param endSample one past the last sample
 * @param beats all beats, of which the next four are some
 * @param supraventricular beats labelled S
 * @param ventricular beats labelled V
 * @param fusion beats labelled F
 * @param unknown beats with any other label, UNCLASSIFIABLE included
 * @param rrIntervals intervals of at most 10 s between two successive beats of a known class
 * @param meanRrMillis their mean; 0 without one
 * @param nnIntervals of these, intervals between two beats labelled N
 * @param sdnnMillis standard deviation of the NN intervals; 0 below two
 * @param rmssdMillis root mean square of the differences of successive NN intervals; 0 without one
 * @param pnn50 share of these differences of more than 50 ms, in [0, 1]
 * @param coefficientOfVariation standard deviation of the NN intervals divided by their mean
 * @param episodes kinds of episodes that were under way, or were told, at some beat, in
 *     alphabetical order; one that only a silence or the session's end has ended is told at the
 *     last beat before
 */
public record RhythmFigures(
    long startSample,
    long endSample,
    int beats,
    int supraventricular,
    int ventricular,
    int fusion,
    int unknown,
    int rrIntervals,
    double meanRrMillis,
    int nnIntervals,
    double sdnnMillis,
    double rmssdMillis,
    double pnn50,
    double coefficientOfVariation,
    Set<String> episodes) {
  public RhythmFigures {
    SortedSet<String> sorted = new TreeSet<>(episodes);
    episodes = Collections.unmodifiableSortedSet(sorted);
  }

  /** Beats per minute from the mean RR interval; 0 without one. */
  public double ratePerMinute() {
    return meanRrMillis == 0 ? 0 : 60_000 / meanRrMillis;
  }
}
