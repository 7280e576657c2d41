package io.physiowave.streaming.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.connectors.kafka.FrameProducerSettings;
import io.physiowave.connectors.kafka.LabelEventDeserializer;
import io.physiowave.connectors.replay.KafkaFrameSink;
import io.physiowave.connectors.trace.SendTraces;
import io.physiowave.connectors.trace.Traceparent;
import io.physiowave.core.card.Decision;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.label.LabelEvent;
import io.physiowave.streaming.StreamingJob;
import io.physiowave.streaming.command.JobEnvironment;
import io.physiowave.streaming.options.JobOptions;
import io.physiowave.streaming.testing.TestModels;
import io.physiowave.streaming.testing.TestSignals;
import io.physiowave.streaming.testing.TopicReader;
import io.physiowave.testing.OtlpCollector;
import io.physiowave.testing.TestBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One frame's way from the gateway to its label, as a collector sees it. */
class FrameToLabelTraceIT {
  private static final List<String> STATIONS =
      List.of("gateway.send", "kafka", "decode", "assemble", "infer", "stabilise", "emit");

  @TempDir static Path directory;
  private static OtlpCollector collector;
  private static TestBroker broker;
  private static JobClient job;

  @BeforeAll
  static void start() throws Exception {
    collector = OtlpCollector.start();
    System.setProperty("otel.bsp.schedule.delay", "100");
    System.setProperty("otel.exporter.otlp.endpoint", collector.endpoint());
    broker = TestBroker.start(directory.resolve("kafka"), true);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .createTopics(
              Stream.of("signal.frames", "signal.labels", "signal.rejected")
                  .map(topic -> new NewTopic(topic, 1, (short) 1))
                  .toList())
          .all()
          .get();
    }
    JobOptions options =
        JobOptions.read(
            Optional.empty(),
            Map.of(),
            Map.of(
                "--bootstrap-servers",
                broker.bootstrapServers(),
                "--models",
                TestModels.write(directory, TestModels.emg(Decision.ARG_MAX)).toString(),
                "--device",
                "cpu",
                "--local",
                "true",
                "--traces",
                "true"));
    StreamExecutionEnvironment env = JobEnvironment.of(options);
    StreamingJob.build(env, options);
    job = env.executeAsync(StreamingJob.NAME);
  }

  @AfterAll
  static void stop() throws Exception {
    job.cancel().get();
    broker.close();
    collector.close();
    System.clearProperty("otel.bsp.schedule.delay");
    System.clearProperty("otel.exporter.otlp.endpoint");
  }

  @Test
  void aFrameIsFollowedFromGatewayToLabelAndOthersAreNot() throws Exception {
    send("traced", 1);
    send("untraced", 0);

    try (TopicReader<LabelEvent> reader =
        new TopicReader<>(
            broker.bootstrapServers(), "signal.labels", new LabelEventDeserializer())) {
      var labels =
          reader.await(
              all ->
                  all.stream().filter(FrameToLabelTraceIT::isTraced).count() >= 5
                      && all.stream().anyMatch(one -> one.value().streamId().equals("untraced")));

      for (ConsumerRecord<byte[], LabelEvent> label : labels) {
        // Which frame completed a window is known of all but those that the session's end released.
        if (label.value().streamId().equals("untraced")) {
          assertThat(isTraced(label)).isFalse();
          assertThat(label.value().timing().traceparent()).isEmpty();
        } else if (isTraced(label)) {
          assertWholeTrace(label);
        }
      }
    }
    assertThat(
            collector.spans().stream()
                .filter(span -> span.name().equals("gateway.send"))
                .map(OtlpCollector.Span::spanId)
                .distinct())
        .hasSize(TestSignals.session("x", "s", 600, 50).size());
  }

  private static boolean isTraced(ConsumerRecord<byte[], LabelEvent> label) {
    return label.headers().lastHeader(Traceparent.HEADER) != null;
  }

  private static void assertWholeTrace(ConsumerRecord<byte[], LabelEvent> label) {
    String[] place =
        new String(
                label.headers().lastHeader(Traceparent.HEADER).value(), StandardCharsets.US_ASCII)
            .split("-", -1);
    Map<String, OtlpCollector.Span> byId =
        Awaitility.await()
            .atMost(Duration.ofMinutes(2))
            .until(
                () ->
                    collector.spans().stream()
                        .filter(span -> span.traceId().equals(place[1]))
                        // An exporter whose answer comes late may send again.
                        .collect(
                            Collectors.toMap(
                                OtlpCollector.Span::spanId,
                                Function.identity(),
                                (first, again) -> first)),
                spans ->
                    spans.containsKey(place[2])
                        && spans.values().stream()
                            .map(OtlpCollector.Span::name)
                            .collect(Collectors.toSet())
                            .containsAll(STATIONS));

    // From the label's own place up to the root, every station once.
    OtlpCollector.Span span = byId.get(place[2]);
    for (int i = STATIONS.size() - 1; i > 0; i--) {
      assertThat(span.name()).isEqualTo(STATIONS.get(i));
      assertThat(span.service()).isEqualTo("physiowave-job");
      assertThat(span.endNanos()).isGreaterThanOrEqualTo(span.startNanos());
      span = byId.get(span.parentId());
    }
    assertThat(span.name()).isEqualTo("gateway.send");
    assertThat(span.service()).isEqualTo("physiowave-gateway");
    assertThat(span.parentId()).isEmpty();
  }

  private static void send(String stream, double share) throws Exception {
    try (KafkaFrameSink sink =
        new KafkaFrameSink(
            FrameProducerSettings.open(broker.bootstrapServers()),
            "signal.frames",
            KafkaFrameSink.DEFAULT_MAXIMUM_IN_FLIGHT,
            SendTraces.of(share))) {
      for (SignalFrame frame : TestSignals.session(stream, "s", 600, 50)) {
        sink.accept(frame);
      }
      sink.flush();
    }
  }
}
