package io.physiowave.quickstart.report;

import io.physiowave.core.frame.Modality;
import java.util.Map;

/**
 * What one stream came to.
 *
 * @param stream its id
 * @param modality kind of signal
 * @param framesSent frames delivered to Kafka
 * @param framesProcessed frames that went into windows
 * @param framesRejected frames that the job refused
 * @param windows windows or beats that got a label
 * @param labels how many of each
 * @param latencyMillis from a window's last sample in Kafka to its label in Kafka
 */
public record StreamReport(
    String stream,
    Modality modality,
    long framesSent,
    long framesProcessed,
    long framesRejected,
    long windows,
    Map<String, Long> labels,
    Latency latencyMillis) {}
