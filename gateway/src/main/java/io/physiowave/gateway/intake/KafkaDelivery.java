package io.physiowave.gateway.intake;

import io.opentelemetry.api.trace.Span;
import io.physiowave.connectors.kafka.FrameProducerSettings;
import io.physiowave.connectors.kafka.KafkaUnavailableException;
import io.physiowave.connectors.trace.SendTraces;
import io.physiowave.connectors.trace.Traceparent;
import io.physiowave.core.frame.SignalFrame;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes frames to their topic, keyed by stream, and tells of each when all replicas in sync have
 * it. Frames that wait for Kafka take at most {@value #MAXIMUM_WAITING_BYTES} bytes; further ones
 * fail at once.
 */
public final class KafkaDelivery implements AutoCloseable {
  /** Most bytes of frames that wait for Kafka. */
  public static final long MAXIMUM_WAITING_BYTES = 24_000_000;

  /**
   * What the producer may keep: more than what waits, since every partition has a batch that is not
   * full, and since a producer without room would block who sends.
   */
  private static final long BUFFER_BYTES = 64_000_000;

  /** Of a record beside key and value: lengths, offset and time, and the header of a trace. */
  private static final int RECORD_BYTES = 100;

  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

  /** Only who has never heard of the topic blocks so long: a door's threads are few. */
  private static final int MAXIMUM_BLOCK_MILLIS = 1_000;

  private final Producer<String, byte[]> producer;
  private final String topic;
  private final SendTraces traces;
  private final TopicLookup lookup;
  private final ByteBudget waiting = new ByteBudget(MAXIMUM_WAITING_BYTES);

  private KafkaDelivery(Producer<String, byte[]> producer, String topic, SendTraces traces) {
    this.producer = producer;
    this.topic = topic;
    this.traces = traces;
    lookup = TopicLookup.start(producer, topic);
  }

  /**
   * Opens a producer; no broker need be there.
   *
   * @param bootstrapServers host:port, separated by commas
   * @param patience how long Kafka is given to confirm a frame, 2 s or more
   * @param traces closed with this
   */
  public static KafkaDelivery open(
      String bootstrapServers, String topic, Duration patience, SendTraces traces) {
    Map<String, Object> settings = FrameProducerSettings.settings(bootstrapServers);
    int millis = Math.toIntExact(patience.toMillis());
    int linger = (Integer) settings.get(ProducerConfig.LINGER_MS_CONFIG);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.min(10_000, millis - linger));
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAXIMUM_BLOCK_MILLIS);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, "physiowave-gateway");
    return new KafkaDelivery(
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer()),
        topic,
        traces);
  }

  /**
   * Writes a frame.
   *
   * @param bytes the frame, encoded
   * @return done when Kafka has it; otherwise fails with what Kafka says, and the frame may be
   *     there or not
   */
  // What the producer's future would tell, the callback is told.
  @SuppressWarnings("FutureReturnValueIgnored")
  public CompletableFuture<Void> send(SignalFrame frame, byte[] bytes) {
    long size = size(frame, bytes);
    if (!waiting.tryTake(size)) {
      return CompletableFuture.failedFuture(
          new KafkaUnavailableException(
              "frames of " + waiting.used() + " bytes wait for Kafka already", null));
    }
    CompletableFuture<Void> done = new CompletableFuture<>();
    Span span = traces.begin(frame, topic);
    try {
      producer.send(
          record(frame, bytes, span),
          (metadata, problem) -> {
            waiting.give(size);
            SendTraces.end(span, problem);
            if (problem == null) {
              done.complete(null);
            } else {
              done.completeExceptionally(problem);
            }
          });
    } catch (KafkaException | IllegalStateException e) {
      waiting.give(size);
      SendTraces.end(span, e);
      done.completeExceptionally(e);
    }
    return done;
  }

  private static long size(SignalFrame frame, byte[] bytes) {
    int key = frame.streamId().getBytes(StandardCharsets.UTF_8).length;
    return (long) bytes.length + key + RECORD_BYTES;
  }

  private ProducerRecord<String, byte[]> record(SignalFrame frame, byte[] bytes, Span span) {
    ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, frame.streamId(), bytes);
    String traceparent = Traceparent.of(span);
    if (!traceparent.isEmpty()) {
      record.headers().add(Traceparent.HEADER, traceparent.getBytes(StandardCharsets.US_ASCII));
    }
    return record;
  }

  /** Whether the topic is known, so that no frame has to wait for that. */
  public boolean knowsTopic() {
    return lookup.isDone();
  }

  /** Bytes of frames that wait for Kafka. */
  public long waitingBytes() {
    return waiting.used();
  }

  /** Waits until every frame sent so far is answered, at the latest when patience ends. */
  public void flush() {
    producer.flush();
  }

  @Override
  public void close() {
    lookup.close();
    producer.close(CLOSE_PATIENCE);
    traces.close();
  }
}
