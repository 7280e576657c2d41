package io.physiowave.connectors.command;

import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.replay.KafkaFrameSink;
import io.physiowave.connectors.replay.ReplayOptions;
import io.physiowave.connectors.replay.ReplaySummary;
import io.physiowave.connectors.replay.Replayer;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;

/** Plays a recording to a cluster and says what was sent. */
final class ReplayToKafka {
  private ReplayToKafka() {}

  static void run(Recording recording, ReplayOptions options, KafkaTarget target, PrintWriter out)
      throws IOException, InterruptedException {
    try (KafkaFrameSink sink = target.connect()) {
      Replayer replayer = new Replayer(options, sink);
      out.printf(
          "Playing %s as stream %s, session %s, to %s%n",
          recording.name(), options.streamId(), options.sessionId(), target.bootstrapServers());
      out.flush();
      CancelledByShutdown shutdown = new CancelledByShutdown(replayer);
      try {
        say(replayer.play(recording), out);
      } finally {
        shutdown.release();
      }
    }
  }

  private static void say(ReplaySummary summary, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%s %d frames of %.1f s of signal in %.1f s%n",
        summary.cancelled() ? "Stopped after" : "Sent",
        summary.frames(),
        summary.signalDuration().toMillis() / 1000.0,
        summary.wallDuration().toMillis() / 1000.0);
    out.flush();
  }
}
