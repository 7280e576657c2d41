package io.physiowave.benchmarks.chaos;

import io.physiowave.cluster.ClusterPlan;
import io.physiowave.cluster.LocalCluster;
import io.physiowave.cluster.layout.ClusterFolder;
import io.physiowave.connectors.kafka.FrameProducerSettings;
import io.physiowave.connectors.kafka.SignalFrameSerializer;
import io.physiowave.connectors.kafka.SignalTopic;
import io.physiowave.connectors.replay.KafkaFrameSink;
import io.physiowave.quickstart.embedded.DirectoryTree;
import io.physiowave.quickstart.gateway.Gateway;
import io.physiowave.quickstart.gateway.SimulatedGateways;
import io.physiowave.streaming.model.ModelCatalogue;
import io.physiowave.streaming.model.ModelFile;
import io.physiowave.streaming.model.ServedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringSerializer;

/** One run: devices send, things are killed, and at the end every label is looked for. */
final class ChaosRun {
  private static final int TASK_MANAGERS = 2;
  private static final int SLOTS = 2;
  private static final int PARALLELISM = 2;
  private static final int RESCALED = 3;
  private static final long HEAP_MEGABYTES = 256;
  private static final int IN_FLIGHT = 50_000;
  private static final Duration DELIVERY_PATIENCE = Duration.ofMinutes(5);
  private static final Duration DRAIN_PATIENCE = Duration.ofMinutes(2);
  private static final Duration END_PATIENCE = Duration.ofMinutes(1);

  private final ChaosOptions options;
  private final Consumer<String> progress;
  private final LocalCluster cluster;
  private final Faults faults;
  private final List<Fault> done = new ArrayList<>();
  private final List<Long> times = new ArrayList<>();
  private long startNanos;

  ChaosRun(ChaosOptions options, Consumer<String> progress) {
    this.options = options;
    this.progress = progress;
    this.cluster =
        new LocalCluster(
            new ClusterFolder(options.directory()),
            new ClusterPlan(
                TASK_MANAGERS,
                SLOTS,
                HEAP_MEGABYTES,
                0,
                options.models().stream().map(model -> model.toAbsolutePath().toString()).toList(),
                ClusterPlan.Ports.anyFree(TASK_MANAGERS)));
    this.faults = new Faults(cluster);
  }

  /** Ends the processes while another thread still starts some. */
  void interrupt() {
    cluster.interrupt();
    end(false);
  }

  /** Ends the processes; after a run that passed nothing stays, otherwise the logs do. */
  void end(boolean delete) {
    cluster.stop();
    if (delete) {
      DirectoryTree.delete(cluster.folder().root());
    }
  }

  ChaosReport run() throws IOException, InterruptedException {
    DirectoryTree.delete(cluster.folder().root());
    progress.accept("starting " + String.join(", ", cluster.plan().processes()));
    cluster.start(cluster.missing());
    faults.submit(PARALLELISM, Optional.empty());

    ModelCatalogue models = ModelCatalogue.read(cluster.plan().models());
    List<ServedModel> next = nextVersions(models);
    try (Ledger ledger = new Ledger(sink(), models, next)) {
      List<Gateway> gateways =
          new SimulatedGateways(options.ecgStreams(), options.emgStreams(), options.seed(), 1)
              .open("chaos", ledger);
      startNanos = System.nanoTime();
      gateways.forEach(Gateway::start);
      harm(next);
      end(gateways);
      ledger.flush();
      double seconds = seconds();
      progress.accept("devices ended; looking for " + ledger.expected() + " labels");
      long stateBytes = faults.stateBytes();
      awaitLabels(ledger);
      faults.stopJob();
      return report(ledger, seconds, stateBytes);
    }
  }

  private KafkaFrameSink sink() {
    Map<String, Object> settings =
        FrameProducerSettings.settings(cluster.plan().bootstrapServers());
    // A device's gateway waits for a broker that is being restarted.
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY_PATIENCE.toMillis());
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, DELIVERY_PATIENCE.toMillis());
    return new KafkaFrameSink(
        new KafkaProducer<>(settings, new StringSerializer(), new SignalFrameSerializer()),
        SignalTopic.FRAMES.topicName(),
        IN_FLIGHT);
  }

  private List<ServedModel> nextVersions(ModelCatalogue models) throws IOException {
    Path directory = cluster.folder().root().resolve("next");
    List<ServedModel> next = new ArrayList<>();
    for (ServedModel model : models.models()) {
      Path copy = NextVersion.of(Path.of(model.location()), "chaos", directory);
      next.add(ModelFile.read(copy.toString()).served());
    }
    return next;
  }

  /** One harm after another, at equal distances unless one takes longer to recover from. */
  private void harm(List<ServedModel> next) throws InterruptedException {
    List<Runnable> harms =
        List.of(
            () -> fault("kill -9 a TaskManager", faults::killTaskManager),
            () -> fault("kill -9 the JobManager", faults::killJobManager),
            () -> fault("kill -9 ZooKeeper", faults::killZooKeeper),
            () -> fault("swap the models", () -> next.forEach(faults::swapModel)),
            () -> fault("kill -9 the broker", faults::killBroker),
            () -> fault("rescale from 2 to 3", () -> faults.rescale(RESCALED)));
    double step = options.duration().toMillis() / 1e3 / (harms.size() + 1);
    for (int i = 0; i < harms.size(); i++) {
      pause((i + 1) * step - seconds());
      harms.get(i).run();
    }
    pause(options.duration().toMillis() / 1e3 - seconds());
  }

  private void fault(String name, Runnable harm) {
    progress.accept(name);
    double at = seconds();
    times.add(System.currentTimeMillis());
    harm.run();
    done.add(new Fault(name, rounded(at), rounded(seconds() - at), null));
    progress.accept("  recovered after " + rounded(seconds() - at) + " s");
  }

  private double seconds() {
    return (System.nanoTime() - startNanos) / 1e9;
  }

  private static double rounded(double seconds) {
    return Math.round(seconds * 10) / 10.0;
  }

  private static void pause(double seconds) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(Math.max(0, Math.round(seconds * 1e3)));
  }

  private static void end(List<Gateway> gateways) throws IOException, InterruptedException {
    gateways.forEach(Gateway::cancel);
    for (Gateway gateway : gateways) {
      if (!gateway.awaitEnd(END_PATIENCE.toMillis()) || gateway.failure().isPresent()) {
        throw new IOException(
            "device " + gateway.stream() + " did not end in order", gateway.failure().orElse(null));
      }
    }
  }

  /** The job is stopped only when it has said everything, or will not. */
  private void awaitLabels(Ledger ledger) throws InterruptedException {
    Expectation expectation = ledger.expectation();
    long deadline = System.nanoTime() + DRAIN_PATIENCE.toNanos();
    while (System.nanoTime() < deadline && expectation.compare(fast().ids()).missing() > 0) {
      TimeUnit.SECONDS.sleep(1);
    }
  }

  private TopicLabels fast() {
    return TopicLabels.read(cluster.plan().bootstrapServers(), SignalTopic.LABELS.topicName());
  }

  private ChaosReport report(Ledger ledger, double seconds, long stateBytes) {
    Expectation expectation = ledger.expectation();
    TopicLabels fast = fast();
    TopicLabels audit =
        TopicLabels.read(cluster.plan().bootstrapServers(), SignalTopic.LABELS_AUDIT.topicName());
    Expectation.Outcome immediate = expectation.compare(fast.ids());
    Expectation.Outcome audited = expectation.compare(audit.ids());
    List<Fault> faultsWithSilence = new ArrayList<>();
    for (int i = 0; i < done.size(); i++) {
      faultsWithSilence.add(
          done.get(i)
              .withSilence(
                  fast.silenceAround(
                      times.get(i), Math.round(done.get(i).recoveredSeconds() * 1e3))));
    }
    return new ChaosReport(
        rounded(seconds),
        options.ecgStreams() + options.emgStreams(),
        options.seed(),
        ledger.frames(),
        ledger.expected(),
        audited.labels(),
        audited.missing(),
        audited.repeated(),
        audited.unexpected(),
        audit.byModel(),
        immediate.labels(),
        immediate.missing(),
        immediate.repeated(),
        immediate.unexpected(),
        fast.longestSilenceMillis(),
        stateBytes,
        faultsWithSilence,
        audited.missing() == 0
            && audited.repeated() == 0
            && audited.unexpected() == 0
            && immediate.missing() == 0
            && immediate.unexpected() == 0
            && audited.labels() > 0);
  }
}
