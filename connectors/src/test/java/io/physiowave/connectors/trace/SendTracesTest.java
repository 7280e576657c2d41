package io.physiowave.connectors.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.physiowave.connectors.kafka.SignalFrameSerializer;
import io.physiowave.connectors.replay.KafkaFrameSink;
import io.physiowave.core.frame.Modality;
import io.physiowave.core.frame.SignalFrame;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which frames of a gateway carry a trace; what becomes of it is the job's test. */
class SendTracesTest {
  private final MockProducer<String, SignalFrame> producer =
      new MockProducer<>(true, null, new StringSerializer(), new SignalFrameSerializer());

  private HttpServer collector;

  /** A collector that takes everything. */
  @BeforeEach
  void start() throws IOException {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    System.setProperty(
        "otel.exporter.otlp.endpoint", "http://localhost:" + collector.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    System.clearProperty("otel.exporter.otlp.endpoint");
    collector.stop(0);
  }

  @Test
  void every_frame_begins_a_trace_of_its_own_at_share_1() throws Exception {
    send(10, SendTraces.of(1));

    assertThat(producer.history())
        .hasSize(10)
        .allSatisfy(record -> assertThat(Traceparent.sampled(header(record))).isNotEmpty())
        .extracting(record -> header(record).substring(3, 35))
        .doesNotHaveDuplicates();
  }

  @Test
  void no_frame_is_touched_at_share_0() throws Exception {
    send(10, SendTraces.of(0));

    assertThat(producer.history())
        .hasSize(10)
        .allSatisfy(record -> assertThat(record.headers()).isEmpty());
  }

  @Test
  void about_the_share_asked_for_is_traced() throws Exception {
    send(2_000, SendTraces.of(0.1));

    // Ten standard deviations: 134.
    assertThat(producer.history().stream().filter(one -> one.headers().iterator().hasNext()))
        .hasSizeBetween(66, 334);
  }

  @Test
  void a_share_that_is_none_is_refused() {
    assertThatThrownBy(() -> SendTraces.of(1.5)).hasMessage("trace share is 1.5; expected 0 to 1");
  }

  private static String header(ProducerRecord<String, SignalFrame> record) {
    return new String(
        record.headers().lastHeader(Traceparent.HEADER).value(), StandardCharsets.US_ASCII);
  }

  private void send(int frames, SendTraces traces) throws InterruptedException {
    try (KafkaFrameSink sink = new KafkaFrameSink(producer, "signal.frames", 10, traces)) {
      for (int i = 0; i < frames; i++) {
        sink.accept(
            new SignalFrame(
                "s",
                "a",
                Modality.EMG,
                i,
                0,
                0,
                200,
                List.of("ch1"),
                "mV",
                new float[1][1],
                new BitSet(),
                false));
      }
    }
  }
}
