package io.physiowave.streaming.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.card.Decision;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.frame.SignalFrameCodec;
import io.physiowave.streaming.StreamingJob;
import io.physiowave.streaming.command.JobEnvironment;
import io.physiowave.streaming.options.JobOptions;
import io.physiowave.streaming.testing.TestModels;
import io.physiowave.streaming.testing.TestSignals;
import io.physiowave.testing.FreePort;
import io.physiowave.testing.TestBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.assertj.core.api.ThrowingConsumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus gets to see of a job that runs with {@code --prometheus-port}. */
class PrometheusIT {
  private static final String OURS = "flink_taskmanager_job_task_operator_physiowave_";
  private static final List<String> TOPICS =
      List.of(
          "signal.frames",
          "signal.labels",
          "signal.labels.audit",
          "signal.rejected",
          "signal.models",
          "signal.models.status");

  @TempDir static Path directory;
  private static TestBroker broker;
  private static JobClient job;
  private static int port;

  @BeforeAll
  static void start() throws Exception {
    broker = TestBroker.start(directory.resolve("kafka"), true);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .createTopics(TOPICS.stream().map(topic -> new NewTopic(topic, 1, (short) 1)).toList())
          .all()
          .get();
    }
    port = FreePort.any();
    Path model = TestModels.write(directory, TestModels.emg(Decision.ARG_MAX));
    JobOptions options =
        JobOptions.read(
            Optional.empty(),
            Map.of(),
            Map.of(
                "--bootstrap-servers", broker.bootstrapServers(),
                "--models", model.toString(),
                "--models-topic", "signal.models",
                "--audit", "true",
                "--checkpoint-interval", "200ms",
                "--device", "cpu",
                "--local", "true",
                "--prometheus-port", Integer.toString(port)));
    StreamExecutionEnvironment env = JobEnvironment.of(options);
    StreamingJob.build(env, options);
    job = env.executeAsync(StreamingJob.NAME);
    send();
  }

  /** A good session, the same again, and what is no frame. */
  private static void send() {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      byte[] key = "arm".getBytes(StandardCharsets.UTF_8);
      List<SignalFrame> session = TestSignals.session("arm", "s", 1_200, 40);
      Stream.concat(session.stream().limit(20), session.stream().limit(22).skip(10))
          .forEach(
              frame -> {
                var unused =
                    producer.send(
                        new ProducerRecord<>("signal.frames", key, SignalFrameCodec.encode(frame)));
              });
      var unused = producer.send(new ProducerRecord<>("signal.frames", key, key));
    }
  }

  @AfterAll
  static void stop() throws Exception {
    job.cancel().get();
    broker.close();
  }

  @Test
  void everyMetricAndLabelOfDashboardAndAlertsExists() {
    Set<String> wanted = new TreeSet<>();
    MonitoringFiles.expressionsOfTheJob().forEach(one -> wanted.addAll(PromQl.metrics(one)));
    wanted.remove("up"); // Prometheus' own
    assertThat(wanted).hasSizeGreaterThan(30);

    Scrape scrape = awaitScrape(seen -> assertThat(seen.names()).containsAll(wanted));

    assertThat(MonitoringFiles.expressionsOfTheJob())
        .allSatisfy(
            one -> {
              Set<String> known = new TreeSet<>(Set.of("job"));
              for (String metric : PromQl.metrics(one)) {
                scrape.named(metric).forEach(series -> known.addAll(series.labels().keySet()));
              }
              assertThat(known).as(one).containsAll(PromQl.labels(one));
            });
  }

  /** A row of {@code docs/job.md}: the operator, and names as Prometheus has them. */
  private static Map<String, Set<String>> metricsOfThePage() {
    Map<String, Set<String>> metrics = new TreeMap<>();
    String page = MonitoringFiles.text(MonitoringFiles.ROOT.resolve("docs/job.md"));
    page.lines()
        .dropWhile(line -> !line.equals("## Metrics"))
        .skip(1)
        .takeWhile(line -> !line.startsWith("## "))
        .filter(line -> line.startsWith("| ") && line.contains("`"))
        .forEach(
            line -> {
              String[] cells = line.split("\\|", -1);
              String group = "";
              Matcher name = Pattern.compile("`([^`]+)`").matcher(cells[2]);
              while (name.find()) {
                String path = name.group(1).replaceAll("\\.<[^>]*>", "");
                // "...modelWindows" stands beside "model.version.sha256.modelInfo".
                String full = path.startsWith("...") ? group + path.substring(3) : path;
                group = full.substring(0, full.lastIndexOf('.') + 1);
                metrics
                    .computeIfAbsent(cells[1].strip(), operator -> new TreeSet<>())
                    .add(full.replace('.', '_'));
              }
            });
    return metrics;
  }

  @Test
  void thePageListsTheMetricsOfEachOperatorAndNoOthers() {
    Map<String, Set<String>> listed = metricsOfThePage();
    assertThat(listed).hasSizeGreaterThan(4);

    awaitScrape(
        scrape -> {
          Map<String, Set<String>> seen = new TreeMap<>();
          scrape.series().stream()
              .filter(series -> series.name().startsWith(OURS))
              .forEach(
                  series ->
                      seen.computeIfAbsent(
                              series.labels().get("operator_name"), operator -> new TreeSet<>())
                          .add(series.name().substring(OURS.length()).replaceFirst("_count$", "")));
          assertThat(seen).isEqualTo(listed);
        });
  }

  @Test
  void figuresAreThoseOfWhatWasSent() {
    awaitScrape(
        scrape -> {
          // Twelve more frames than the session has, ten of them again; and one that is no frame.
          assertThat(scrape.sum(OURS + "framesIn", "operator_name", "assemble")).isEqualTo(33);
          assertThat(scrape.sum(OURS + "framesOut", "operator_name", "assemble")).isEqualTo(32);
          assertThat(scrape.sum(OURS + "samplesIn", "operator_name", "assemble"))
              .isEqualTo(32 * 40);
          assertThat(scrape.sum(OURS + "framesDuplicate", "operator_name", "assemble"))
              .isEqualTo(10);
          assertThat(scrape.sum(OURS + "reason_rejected", "reason", "invalid")).isEqualTo(1);
          assertThat(scrape.sum(OURS + "reason_rejected", "reason", "wrong-key")).isZero();
          double windows = scrape.sum(OURS + "windowsOut", "operator_name", "assemble");
          assertThat(windows).isPositive();
          assertThat(scrape.sum(OURS + "quality_windowsOut", "quality", "good")).isEqualTo(windows);
          assertThat(scrape.sum(OURS + "windowsIn", "operator_name", "infer")).isEqualTo(windows);
          assertThat(scrape.sum(OURS + "model_version_sha256_modelWindows", "model", "test-emg"))
              .isEqualTo(windows);
          assertThat(scrape.sum(OURS + "model_version_sha256_modelInfo", "version", "1"))
              .isEqualTo(1);
          assertThat(scrape.sum(OURS + "labelsOut", "operator_name", "stabilise"))
              .isEqualTo(windows);
          assertThat(scrape.sum(OURS + "le_latencyMillisBucket", "le", "+Inf")).isEqualTo(windows);
        });
  }

  private static Scrape awaitScrape(ThrowingConsumer<Scrape> assertion) {
    AtomicReference<Scrape> last = new AtomicReference<>();
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(
            () -> {
              last.set(Scrape.of(port));
              assertion.accept(last.get());
            });
    return last.get();
  }
}
