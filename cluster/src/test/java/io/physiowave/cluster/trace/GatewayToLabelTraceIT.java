package io.physiowave.cluster.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.physiowave.connectors.kafka.LabelEventDeserializer;
import io.physiowave.connectors.kafka.SignalTopic;
import io.physiowave.connectors.trace.Traceparent;
import io.physiowave.core.card.ModelCard;
import io.physiowave.core.card.ModelChannel;
import io.physiowave.core.card.Windowing;
import io.physiowave.core.frame.Modality;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.frame.SignalFrameCodec;
import io.physiowave.core.label.LabelEvent;
import io.physiowave.gateway.http.HttpOptions;
import io.physiowave.gateway.run.Gateway;
import io.physiowave.gateway.run.GatewayOptions;
import io.physiowave.streaming.StreamingJob;
import io.physiowave.streaming.command.JobEnvironment;
import io.physiowave.streaming.model.ModelCatalogue;
import io.physiowave.streaming.options.JobOptions;
import io.physiowave.testing.OtlpCollector;
import io.physiowave.testing.OtlpCollector.Span;
import io.physiowave.testing.TestBroker;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One frame from a device's request to the record of its label, through a gateway, a broker and a
 * job that all run for real, as one collector sees it.
 */
class GatewayToLabelTraceIT {
  /** From the root to the label. */
  private static final List<String> STATIONS =
      List.of("gateway.send", "kafka", "decode", "assemble", "infer", "stabilise", "emit");

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir private Path directory;
  private OtlpCollector collector;
  private TestBroker broker;
  private JobClient job;
  private ModelCard card;

  @BeforeEach
  void start() throws Exception {
    collector = OtlpCollector.start();
    System.setProperty("otel.bsp.schedule.delay", "100");
    System.setProperty("otel.exporter.otlp.endpoint", collector.endpoint());
    broker = TestBroker.start(directory.resolve("kafka"), true);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      NewTopic frames = new NewTopic(SignalTopic.FRAMES.topicName(), 1, (short) 1);
      admin.createTopics(List.of(frames)).all().get();
    }
    String model = shipped("emg-gestures.onnx");
    card = ModelCatalogue.read(List.of(model)).serving(Modality.EMG).orElseThrow().card();
    JobOptions options =
        JobOptions.read(
            Optional.empty(),
            Map.of(),
            Map.of(
                "--bootstrap-servers", broker.bootstrapServers(),
                "--models", model,
                "--device", "cpu",
                "--local", "true",
                "--traces", "true"));
    StreamExecutionEnvironment env = JobEnvironment.of(options);
    StreamingJob.build(env, options);
    job = env.executeAsync(StreamingJob.NAME);
  }

  @AfterEach
  void stop() throws Exception {
    if (job != null) {
      job.cancel().get();
    }
    broker.close();
    collector.close();
    System.clearProperty("otel.bsp.schedule.delay");
    System.clearProperty("otel.exporter.otlp.endpoint");
  }

  private static String shipped(String model) {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(root.resolve(".mvn"))) {
      root = root.getParent();
    }
    return root.resolve("models").resolve(model).toString();
  }

  @Test
  void everyLabelOfAFrameHangsOnTheSpanOfTheRequestThatBroughtIt() throws Exception {
    int windows = 2;
    int hop = ((Windowing.Sliding) card.windowing()).hopSamples();
    int samples = card.windowSamples() + hop;
    try (Gateway gateway = Gateway.start(tracingAll())) {
      String address = gateway.server().address();
      await().atMost(PATIENCE).until(() -> health(address) == 200);
      assertThat(post(address, frame(samples))).isEqualTo(200);

      List<ConsumerRecord<byte[], LabelEvent>> labels = labels(windows);

      assertThat(labels).extracting(label -> label.value().streamId()).containsOnly("arm");
      List<String> places = labels.stream().map(GatewayToLabelTraceIT::place).toList();
      // Gateway and job send their spans each by itself.
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                Map<String, Span> now = spans();
                assertThat(places).allSatisfy(place -> assertWholeTrace(now, place));
              });
      Map<String, Span> spans = spans();
      assertThat(spans.values()).extracting(Span::traceId).containsOnly(traceOf(labels.get(0)));
      assertThat(spans.values().stream().filter(span -> span.parentId().isEmpty())).hasSize(1);
    }
  }

  /** From a label's own place up to the root, every station once and in its order. */
  private static void assertWholeTrace(Map<String, Span> spans, String place) {
    List<String> names = new ArrayList<>();
    List<String> services = new ArrayList<>();
    for (Span span = spans.get(place); span != null; span = spans.get(span.parentId())) {
      names.add(0, span.name());
      services.add(0, span.service());
      assertThat(span.endNanos()).isGreaterThanOrEqualTo(span.startNanos());
    }
    assertThat(names).isEqualTo(STATIONS);
    assertThat(services.get(0)).isEqualTo("physiowave-gateway");
    assertThat(services.subList(1, services.size())).containsOnly("physiowave-job");
  }

  private Map<String, Span> spans() {
    // An exporter whose answer comes late may send again.
    return collector.spans().stream()
        .collect(Collectors.toMap(Span::spanId, Function.identity(), (first, again) -> first));
  }

  /** The fields of version, trace, span and flags. */
  private static String[] traceparent(ConsumerRecord<byte[], LabelEvent> label) {
    byte[] header = label.headers().lastHeader(Traceparent.HEADER).value();
    return new String(header, StandardCharsets.US_ASCII).split("-", -1);
  }

  private static String traceOf(ConsumerRecord<byte[], LabelEvent> label) {
    return traceparent(label)[1];
  }

  private static String place(ConsumerRecord<byte[], LabelEvent> label) {
    return traceparent(label)[2];
  }

  private GatewayOptions tracingAll() {
    return new GatewayOptions(
        HttpOptions.local(0),
        broker.bootstrapServers(),
        SignalTopic.FRAMES.topicName(),
        SignalTopic.LABELS.topicName(),
        SignalTopic.EVENTS.topicName(),
        GatewayOptions.DEFAULT_PATIENCE,
        1,
        Optional.empty());
  }

  private SignalFrame frame(int samples) {
    Random random = new Random(1);
    float[][] signal = new float[card.channels().size()][samples];
    for (float[] channel : signal) {
      for (int i = 0; i < samples; i++) {
        channel[i] = (float) (0.1 * random.nextGaussian());
      }
    }
    return new SignalFrame(
        "arm",
        "1",
        Modality.EMG,
        0,
        0,
        0,
        card.sampleRateHz(),
        card.channels().stream().map(ModelChannel::name).toList(),
        card.unit(),
        signal,
        new BitSet(),
        false);
  }

  private static int health(String gateway) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(gateway + "/healthz")).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
  }

  private static int post(String gateway, SignalFrame frame) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(gateway + "/v1/frames"))
            .header("Content-Type", "application/x-protobuf")
            .POST(HttpRequest.BodyPublishers.ofByteArray(SignalFrameCodec.encode(frame)))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
  }

  private List<ConsumerRecord<byte[], LabelEvent>> labels(int count) {
    List<ConsumerRecord<byte[], LabelEvent>> read = new ArrayList<>();
    try (KafkaConsumer<byte[], LabelEvent> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "group.id", "test",
                "auto.offset.reset", "earliest"),
            new ByteArrayDeserializer(),
            new LabelEventDeserializer())) {
      consumer.subscribe(List.of(SignalTopic.LABELS.topicName()));
      await()
          .atMost(PATIENCE)
          .pollInSameThread()
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(100)).forEach(read::add);
                return read.size() >= count;
              });
    }
    return read;
  }
}
