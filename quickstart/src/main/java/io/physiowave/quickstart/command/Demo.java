package io.physiowave.quickstart.command;

import io.physiowave.connectors.kafka.SignalTopic;
import io.physiowave.connectors.recording.Recording;
import io.physiowave.connectors.recording.RecordingAnnotation;
import io.physiowave.connectors.replay.KafkaFrameSink;
import io.physiowave.core.frame.Modality;
import io.physiowave.core.label.LabelEvent;
import io.physiowave.quickstart.embedded.EmbeddedFlink;
import io.physiowave.quickstart.embedded.TemporaryDirectory;
import io.physiowave.quickstart.gateway.BacklogLimit;
import io.physiowave.quickstart.gateway.Gateway;
import io.physiowave.quickstart.observe.JobProgress;
import io.physiowave.quickstart.observe.LabelObserver;
import io.physiowave.quickstart.observe.LabelReader;
import io.physiowave.quickstart.report.BeatFiles;
import io.physiowave.quickstart.report.DemoReport;
import io.physiowave.quickstart.report.LabelFile;
import io.physiowave.quickstart.report.StreamReport;
import io.physiowave.quickstart.report.Tallies;
import io.physiowave.streaming.StreamingJob;
import io.physiowave.streaming.model.ModelCatalogue;
import io.physiowave.streaming.options.JobOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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
  private final Tallies tallies = new Tallies();
  private final BeatFiles beats = new BeatFiles();

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
    Optional<LabelFile> labelFile = Optional.empty();
    if (options.labelsOut().isPresent()) {
      labelFile = Optional.of(LabelFile.create(options.labelsOut().get()));
    }
    try (BacklogLimit sink = new BacklogLimit(KafkaFrameSink.connect(bootstrapServers), BACKLOG);
        JobProgress progress =
            new JobProgress(
                bootstrapServers,
                PARTITIONS,
                () -> servers.flink().sourceOffsets(SignalTopic.FRAMES.topicName()));
        LabelReader reader = new LabelReader(bootstrapServers, observer(labelFile))) {
      List<Gateway> gateways = gateways(recordings, sink);
      DemoRun run = new DemoRun(gateways, sink, servers.flink(), job, progress, reader);
      reader.start();
      if (!servers.flink().awaitRunning(job)) {
        throw run.jobFailed();
      }
      announce(servers, models);
      try (StatusLine status = new StatusLine(out, StatusLine.onTerminal())) {
        LiveFigures figures = new LiveFigures(gateways, tallies);
        run.play(options.duration(), stop, figures, status);
        run.finish(stop, figures, status);
      } finally {
        silence(gateways, sink);
      }
      Map<String, Long> unread = progress.unread();
      servers.flink().cancel(job);
      conclude(gateways, unread);
    } finally {
      if (labelFile.isPresent()) {
        labelFile.get().close();
      }
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
    flags.put("--parallelism", Integer.toString(parallelism));
    flags.put("--checkpoint-interval", "5s");
    flags.put("--checkpoint-directory", checkpoints.toUri().toString());
    return JobOptions.read(Optional.empty(), System.getenv(), flags);
  }

  private LabelObserver observer(Optional<LabelFile> labelFile) {
    return new LabelObserver() {
      @Override
      public void onLabel(LabelEvent event, long appendMillis) throws IOException {
        tallies.onLabel(event, appendMillis);
        if (options.annotationsOut().isPresent()) {
          beats.onLabel(event, appendMillis);
        }
        if (labelFile.isPresent()) {
          labelFile.get().onLabel(event, appendMillis);
        }
      }

      @Override
      public void onRejection(String stream, String reason) {
        tallies.onRejection(stream, reason);
      }
    };
  }

  private List<Gateway> gateways(List<Recording> recordings, BacklogLimit sink) {
    return options.recorded().isPresent()
        ? options.recorded().get().gateways(recordings, sink)
        : options.simulated().open("demo-" + System.currentTimeMillis(), sink);
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

  private void conclude(List<Gateway> gateways, Map<String, Long> unread) throws IOException {
    List<StreamReport> streams = new ArrayList<>();
    Map<String, String> agreements = new HashMap<>();
    for (Gateway gateway : gateways) {
      String stream = gateway.stream();
      streams.add(
          tallies.report(
              stream, gateway.modality(), gateway.framesSent(), unread.getOrDefault(stream, 0L)));
      if (options.recorded().isEmpty()) {
        List<RecordingAnnotation> truth = gateway.truth();
        agreements.put(stream, tallies.agreement(stream, truth, gateway.sampleRateHz()).toString());
      }
    }
    DemoReport report = new DemoReport(timeToFirstLabelSeconds(), streams);
    SummaryText.write(out, report, agreements);
    if (options.report().isPresent()) {
      report.write(options.report().get());
    }
    if (options.annotationsOut().isPresent()) {
      writeBeats(gateways, options.annotationsOut().get());
    }
    requireAcceptance(report);
  }

  private void writeBeats(List<Gateway> gateways, Path directory) throws IOException {
    for (Gateway gateway : gateways) {
      if (beats.hasBeats(gateway.stream()) || gateway.modality() == Modality.ECG) {
        beats.write(directory, gateway.stream(), gateway.sampleRateHz());
      }
    }
  }

  /** A run in which the job refused every frame of a stream has failed, and says why. */
  private void requireAcceptance(DemoReport report) {
    for (StreamReport stream : report.streams()) {
      if (stream.framesSent() > 0 && stream.framesRejected() == stream.framesSent()) {
        throw new DemoFailedException(
            stream.stream()
                + ": every frame was refused: "
                + tallies.commonestRejection(stream.stream()));
      }
    }
  }

  private Double timeToFirstLabelSeconds() {
    OptionalLong first = tallies.firstLabelMillis();
    long start = ManagementFactory.getRuntimeMXBean().getStartTime();
    return first.isPresent() ? (first.getAsLong() - start) / 1000.0 : null;
  }
}
