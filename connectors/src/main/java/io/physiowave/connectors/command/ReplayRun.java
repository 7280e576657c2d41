package io.physiowave.connectors.command;

import io.physiowave.connectors.logging.LogFields;
import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.replay.FrameSink;
import io.physiowave.connectors.replay.ReplayOptions;
import io.physiowave.connectors.replay.ReplaySummary;
import io.physiowave.connectors.replay.Replayer;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plays a recording to Kafka or to a gateway and says what was sent. */
final class ReplayRun {
  private static final Logger LOG = LoggerFactory.getLogger(ReplayRun.class);

  private ReplayRun() {}

  static void run(
      Recording recording, ReplayOptions options, FrameDestination destination, PrintWriter out)
      throws IOException, InterruptedException {
    try (FrameSink sink = destination.connect()) {
      Replayer replayer = new Replayer(options, sink);
      say(
          String.format(
              "Playing %s as stream %s, session %s, to %s",
              recording.name(), options.streamId(), options.sessionId(), destination.address()),
          options,
          out);
      CancelledByShutdown shutdown = new CancelledByShutdown(replayer);
      try {
        say(summary(replayer.play(recording)), options, out);
      } finally {
        shutdown.release();
      }
    }
  }

  private static String summary(ReplaySummary summary) {
    return String.format(
        Locale.ROOT,
        "%s %d frames of %.1f s of signal in %.1f s",
        summary.cancelled() ? "Stopped after" : "Sent",
        summary.frames(),
        summary.signalDuration().toMillis() / 1000.0,
        summary.wallDuration().toMillis() / 1000.0);
  }

  /** To whoever started the command; to the log, if that is to be JSON alone. */
  private static void say(String text, ReplayOptions options, PrintWriter out) {
    if (CommandLogging.isJson()) {
      LogFields.ofStream(options.streamId(), options.sessionId(), () -> LOG.info(text));
    } else {
      out.println(text);
      out.flush();
    }
  }
}
