package io.physiowave.quickstart.command;

import io.physiowave.connectors.kafka.SignalTopic;
import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.replay.KafkaFrameSink;
import io.physiowave.core.frame.Modality;
import io.physiowave.quickstart.embedded.EmbeddedFlink;
import io.physiowave.quickstart.embedded.TemporaryDirectory;
import io.physiowave.quickstart.gateway.BacklogLimit;
import io.physiowave.quickstart.gateway.Gateway;
import io.physiowave.quickstart.observe.JobProgress;
import io.physiowave.quickstart.observe.LabelReader;
import io.physiowave.streaming.StreamingJob;
import io.physiowave.streaming.model.ModelCatalogue;
import io.physiowave.streaming.options.JobOptions;
import io.physiowave.streaming.options.ModelOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A demonstration from its start to its summary. */
final class Demo {
  private static final String GROUP = "physiowave-demo";
  private static final int PARTITIONS = 4;
  private static final long GATEWAY_PATIENCE_MILLIS = 2_000;

  /** Frames that the gateways may be ahead of the job: some minutes of a few streams. */
  private static final long BACKLOG = 20_000;

  private final DemoOptions options;
  private final PrintWriter out;
  private final StopSignal stop;

  Demo(DemoOptions options, PrintWriter out, StopSignal stop) {
    this.options = options;
    this.out = out;
    this.stop = stop;
  }

  /**
   * Runs it. Whatever happens, everything that was started is stopped.
   *
   * @throws Exception when it fails, with a message for people
   */
  void run() throws Exception {
    Outcome.requireWritable(options);
    List<Recording> recordings =
        options.recorded().isPresent() ? options.recorded().get().open() : List.of();
    try {
      ModelCatalogue models =
          ModelCatalogue.read(options.models().stream().map(Path::toString).toList());
      Ports ports = options.ports().claimed();
      int parallelism = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors() / 2));
      try (TemporaryDirectory checkpoints = TemporaryDirectory.create("physiowave-checkpoints-");
          DemoServers servers = new DemoServers(ports, PARTITIONS, parallelism)) {
        StreamExecutionEnvironment environment = EmbeddedFlink.environment();
        StreamingJob.build(environment, jobOptions(ports, parallelism, checkpoints.path()), models);
        Rehearsal.of(models);
        run(servers, models, environment, recordings);
      }
    } finally {
      for (Recording recording : recordings) {
        recording.close();
      }
    }
  }

  private void run(
      DemoServers servers,
      ModelCatalogue models,
      StreamExecutionEnvironment environment,
      List<Recording> recordings)
      throws Exception {
    String bootstrapServers = servers.broker().bootstrapServers();
    JobID job = servers.flink().submit(environment, StreamingJob.NAME);
    try (Outcome outcome = new Outcome(options);
        BacklogLimit sink = new BacklogLimit(KafkaFrameSink.connect(bootstrapServers), BACKLOG);
        JobProgress progress =
            new JobProgress(
                bootstrapServers,
                PARTITIONS,
                () -> servers.flink().sourceOffsets(SignalTopic.FRAMES.topicName()));
        LabelReader reader = new LabelReader(bootstrapServers, outcome)) {
      List<Gateway> gateways = gateways(models, recordings, sink);
      DemoRun run = new DemoRun(gateways, sink, servers.flink(), job, progress, reader);
      reader.start();
      if (!servers.flink().awaitRunning(job)) {
        throw run.jobFailed();
      }
      announce(servers, models);
      try (StatusLine status = new StatusLine(out, StatusLine.onTerminal())) {
        LiveFigures figures = new LiveFigures(gateways, outcome.tallies());
        run.play(options.duration(), stop, figures, status);
        run.finish(stop, figures, status);
      } finally {
        silence(gateways, sink);
      }
      Map<String, Long> unread = progress.unread();
      servers.flink().cancel(job);
      outcome.conclude(gateways, unread, out);
    }
  }

  /** After a failure nobody may read a recording that is about to be closed. */
  private static void silence(List<Gateway> gateways, BacklogLimit sink)
      throws InterruptedException {
    gateways.forEach(Gateway::cancel);
    sink.lift();
    for (Gateway gateway : gateways) {
      gateway.awaitEnd(GATEWAY_PATIENCE_MILLIS);
    }
  }

  private JobOptions jobOptions(Ports ports, int parallelism, Path checkpoints) {
    Map<String, String> flags = new HashMap<>();
    flags.put("--bootstrap-servers", "localhost:" + ports.kafka());
    flags.put("--group-id", GROUP);
    flags.put("--start", "earliest");
    flags.put("--models", String.join(",", options.models().stream().map(Path::toString).toList()));
    flags.put("--calibration-topic", SignalTopic.CALIBRATION.topicName());
    flags.put("--parallelism", Integer.toString(parallelism));
    flags.put("--checkpoint-interval", "5s");
    // A recording may be played as fast as it goes.
    flags.put("--flood-rate", "0");
    flags.put(
        "--checkpoint-directory",
        org.apache.flink.core.fs.Path.fromLocalFile(checkpoints.toFile()).toString());
    // No state outlives the process, so none will ask for a model later.
    flags.put("--models-store", ModelOptions.NO_STORE);
    return JobOptions.read(Optional.empty(), System.getenv(), flags);
  }

  private List<Gateway> gateways(
      ModelCatalogue models, List<Recording> recordings, BacklogLimit sink) {
    if (options.recorded().isPresent()) {
      return options.recorded().get().gateways(recordings, sink);
    }
    return options
        .simulated()
        .gateways(
            models.serving(Modality.ECG).isPresent(), models.serving(Modality.EMG).isPresent())
        .open("demo-" + System.currentTimeMillis(), sink);
  }

  private void announce(DemoServers servers, ModelCatalogue models) {
    out.println("Live page   " + servers.page().address());
    out.println("Flink       " + servers.flink().address());
    out.println("Kafka       " + servers.broker().bootstrapServers());
    out.println("Models      " + models.names());
    if (options.recorded().isEmpty() && options.duration().isEmpty()) {
      out.println("Ctrl-C ends it.");
    }
    out.flush();
    if (options.browser()) {
      Browser.open(servers.page().address());
    }
  }
}
