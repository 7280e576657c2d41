package io.physiowave.dashboard.server;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.physiowave.core.arrhythmia.RhythmFigures;
import io.physiowave.core.arrhythmia.RhythmSummary;
import java.util.Set;

/**
 * The latest rhythm summary of a stream as the page shows it.
 *
 * @param endMillis end of the interval that it covers, milliseconds since the epoch
 * @param beats beats in it
 * @param ventricular of these, labelled V
 * @param supraventricular of these, labelled S
 * @param ratePerMinute heart rate; null without an RR interval
 * @param sdnnMillis standard deviation of the NN intervals; null with fewer than two
 * @param rmssdMillis root mean square of successive differences; null with fewer than two
 * @param episodes kinds of episodes under way
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LiveRhythm(
    long endMillis,
    int beats,
    int ventricular,
    int supraventricular,
    Double ratePerMinute,
    Double sdnnMillis,
    Double rmssdMillis,
    Set<String> episodes) {

  static LiveRhythm of(RhythmSummary summary) {
    RhythmFigures figures = summary.figures();
    boolean varies = figures.nnIntervals() >= 2;
    return new LiveRhythm(
        summary.endMicros() / 1000,
        figures.beats(),
        figures.ventricular(),
        figures.supraventricular(),
        figures.rrIntervals() == 0 ? null : figures.ratePerMinute(),
        varies ? figures.sdnnMillis() : null,
        varies ? figures.rmssdMillis() : null,
        figures.episodes());
  }
}
