package io.physiowave.benchmarks.endurance;

import io.physiowave.cluster.LocalCluster;
import io.physiowave.cluster.flink.FlinkProcesses;
import io.physiowave.connectors.kafka.SignalTopic;
import io.physiowave.connectors.replay.KafkaFrameSink;
import io.physiowave.connectors.replay.ReplayOptions;
import io.physiowave.quickstart.gateway.BacklogLimit;
import io.physiowave.quickstart.gateway.Gateway;
import io.physiowave.quickstart.gateway.SimulatedGateways;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Devices that send as fast as the job can take it, and a look at its memory now and then. */
final class SoakRun {
  /** Frames that may be on their way, so that the broker's topics stay small. */
  private static final long BACKLOG = 40_000;

  private static final long PARTITION_BYTES = 64L << 20;
  private static final Duration STEP = Duration.ofMillis(500);
  private static final Duration END_PATIENCE = Duration.ofSeconds(30);

  private final LocalCluster cluster;
  private final int streams;
  private final Duration duration;
  private final Duration sampleEvery;

  final List<Double> seconds = new ArrayList<>();
  final List<MemorySample> samples = new ArrayList<>();
  final List<Long> frames = new ArrayList<>();

  SoakRun(LocalCluster cluster, int streams, Duration duration, Duration sampleEvery) {
    this.cluster = cluster;
    this.streams = streams;
    this.duration = duration;
    this.sampleEvery = sampleEvery;
  }

  /** Frames processed. */
  long framesProcessed() {
    return frames.isEmpty() ? 0 : frames.get(frames.size() - 1);
  }

  void run(Consumer<String> progress) throws IOException, InterruptedException {
    String servers = cluster.plan().bootstrapServers();
    try (GroupProgress group = new GroupProgress(servers);
        BacklogLimit sink = new BacklogLimit(KafkaFrameSink.connect(servers), BACKLOG)) {
      for (SignalTopic topic :
          List.of(SignalTopic.FRAMES, SignalTopic.LABELS, SignalTopic.LABELS_AUDIT)) {
        group.limit(topic.topicName(), PARTITION_BYTES);
      }
      List<Gateway> gateways =
          new SimulatedGateways(streams / 2, streams - streams / 2, 1, ReplayOptions.UNLIMITED)
              .open("soak", sink);
      gateways.forEach(Gateway::start);
      try {
        follow(group, sink, gateways, progress);
      } finally {
        gateways.forEach(Gateway::cancel);
        sink.lift();
        for (Gateway gateway : gateways) {
          gateway.awaitEnd(END_PATIENCE.toMillis());
        }
      }
    }
  }

  private void follow(
      GroupProgress group, BacklogLimit sink, List<Gateway> gateways, Consumer<String> progress)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    long next = start;
    while (System.nanoTime() - start < duration.toNanos()) {
      long committed = group.committed();
      sink.processed(committed);
      if (System.nanoTime() >= next) {
        next += sampleEvery.toNanos();
        sample((System.nanoTime() - start) / 1e9, committed, progress);
        for (Gateway gateway : gateways) {
          if (gateway.failure().isPresent()) {
            throw new IOException(
                "device " + gateway.stream() + " failed", gateway.failure().get());
          }
        }
      }
      TimeUnit.MILLISECONDS.sleep(STEP.toMillis());
    }
  }

  private void sample(double second, long committed, Consumer<String> progress) {
    MemorySample sample = MemorySample.of(cluster, FlinkProcesses.taskManager(1));
    seconds.add(second);
    samples.add(sample);
    frames.add(committed);
    progress.accept(
        String.format(
            Locale.ROOT,
            "%6.0f s  %10d frames  heap %4d MB  metaspace %3d MB  direct %3d MB  resident %4d MB",
            second,
            committed,
            sample.heapBytes() >> 20,
            sample.metaspaceBytes() >> 20,
            sample.directBytes() >> 20,
            sample.residentBytes() >> 20));
  }
}
