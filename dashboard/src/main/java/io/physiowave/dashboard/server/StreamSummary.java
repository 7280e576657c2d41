package io.physiowave.dashboard.server;

import io.physiowave.core.frame.Modality;
import java.util.List;
import java.util.Map;

/**
 * How one stream stands, as {@code /api/streams} and the page's summaries give it.
 *
 * @param stream the stream's id
 * @param session the session it is in
 * @param modality kind of signal
 * @param channels channel names in order
 * @param sampleRateHz nominal rate, Hz
 * @param bucketSamples samples that make two points of the waveform
 * @param frames frames seen since the dashboard started
 * @param samples samples a channel seen since the dashboard started
 * @param labels labels seen, by class
 * @param model name and version of the model that gave the latest label; empty before the first
 * @param labelNames what people call the model's labels, by label; empty when its card names none
 * @param calibration id of the calibration of the wearer that took part in the latest label; empty
 *     without one; null before the first label, and where labels are of beats, for which there is
 *     none
 * @param lastLabel the latest label; empty before the first
 * @param quality quality of the latest window; empty before the first
 * @param qualityReason what is wrong with it; empty when nothing
 * @param latencyP50Millis median of the latest labels' latencies, from the completing frame's
 *     arrival in Kafka to the label's; null before the first
 * @param latencyP99Millis their 99th percentile
 * @param episodes its latest episodes, the oldest first
 * @param rhythm its latest rhythm summary; null before the first
 * @param idleMillis time since the latest frame
 */
record StreamSummary(
    String stream,
    String session,
    Modality modality,
    List<String> channels,
    double sampleRateHz,
    int bucketSamples,
    long frames,
    long samples,
    Map<String, Long> labels,
    String model,
    Map<String, String> labelNames,
    String calibration,
    String lastLabel,
    String quality,
    String qualityReason,
    Double latencyP50Millis,
    Double latencyP99Millis,
    List<LiveEpisode> episodes,
    LiveRhythm rhythm,
    long idleMillis) {}
