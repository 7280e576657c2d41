package io.physiowave.connectors.replay;

import io.opentelemetry.api.trace.Span;
import io.physiowave.connectors.kafka.FrameProducerSettings;
import io.physiowave.connectors.kafka.SignalTopic;
import io.physiowave.connectors.trace.SendTraces;
import io.physiowave.connectors.trace.Traceparent;
import io.physiowave.core.frame.RefusedFrameException;
import io.physiowave.core.frame.SignalFrame;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;

/** Frames to a Kafka topic, keyed by stream. May be shared by several threads. */
public final class KafkaFrameSink implements FrameSink {
  /** Frames that may be on their way at once unless stated otherwise. */
  public static final int DEFAULT_MAXIMUM_IN_FLIGHT = 1000;

  /** Who wants every frame delivered flushes first; a dead broker is not waited for. */
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

  private final Producer<String, SignalFrame> producer;
  private final String topic;
  private final int maximumInFlight;
  private final SendTraces traces;
  private final Semaphore permits;
  private final AtomicLong delivered = new AtomicLong();
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  /**
   * Sends through a producer, which is closed with this sink.
   *
   * @param topic where to
   * @param maximumInFlight frames on their way at once before {@link #accept} blocks, 1 or more
   */
  public KafkaFrameSink(Producer<String, SignalFrame> producer, String topic, int maximumInFlight) {
    this(producer, topic, maximumInFlight, SendTraces.off());
  }

  /**
   * The same with traces of a share of the frames, whose records then have the header {@value
   * Traceparent#HEADER}.
   *
   * @param traces closed with this sink
   */
  public KafkaFrameSink(
      Producer<String, SignalFrame> producer,
      String topic,
      int maximumInFlight,
      SendTraces traces) {
    if (maximumInFlight < 1) {
      throw new IllegalArgumentException(
          "maximum in flight is " + maximumInFlight + "; expected 1 or more");
    }
    this.producer = producer;
    this.topic = topic;
    this.maximumInFlight = maximumInFlight;
    this.traces = traces;
    this.permits = new Semaphore(maximumInFlight);
  }

  /**
   * Connects to the frames topic of a cluster.
   *
   * @param bootstrapServers host:port, separated by commas
   */
  public static KafkaFrameSink connect(String bootstrapServers) {
    return connect(bootstrapServers, SendTraces.off());
  }

  /** The same with traces of a share of the frames. */
  public static KafkaFrameSink connect(String bootstrapServers, SendTraces traces) {
    return new KafkaFrameSink(
        FrameProducerSettings.open(bootstrapServers),
        SignalTopic.FRAMES.topicName(),
        DEFAULT_MAXIMUM_IN_FLIGHT,
        traces);
  }

  @Override
  // What the future would tell, the callback is told.
  @SuppressWarnings("FutureReturnValueIgnored")
  public void accept(SignalFrame frame) throws InterruptedException {
    throwIfFailed();
    permits.acquire();
    boolean handedOver = false;
    Span span = traces.begin(frame, topic);
    try {
      producer.send(
          record(frame, span),
          (metadata, problem) -> {
            SendTraces.end(span, problem);
            if (problem == null) {
              delivered.incrementAndGet();
            } else {
              failure.compareAndSet(null, problem);
            }
            permits.release();
          });
      handedOver = true;
    } catch (RefusedFrameException e) {
      throw new FrameSinkException(e.getMessage(), e);
    } catch (InterruptException e) {
      Thread.interrupted();
      throw (InterruptedException) new InterruptedException(e.getMessage()).initCause(e);
    } finally {
      if (!handedOver) {
        permits.release();
      }
    }
  }

  private ProducerRecord<String, SignalFrame> record(SignalFrame frame, Span span) {
    ProducerRecord<String, SignalFrame> record =
        new ProducerRecord<>(topic, frame.streamId(), frame);
    String traceparent = Traceparent.of(span);
    if (!traceparent.isEmpty()) {
      record.headers().add(Traceparent.HEADER, traceparent.getBytes(StandardCharsets.US_ASCII));
    }
    return record;
  }

  /** Frames that the broker has acknowledged. */
  public long delivered() {
    return delivered.get();
  }

  /** Frames handed over whose delivery is not confirmed yet. */
  public int inFlight() {
    return maximumInFlight - permits.availablePermits();
  }

  @Override
  public void flush() {
    producer.flush();
    throwIfFailed();
  }

  @Override
  public void close() {
    producer.close(CLOSE_PATIENCE);
    traces.close();
  }

  private void throwIfFailed() {
    Exception problem = failure.get();
    if (problem != null) {
      throw new FrameSinkException(
          "frames could not be delivered to topic " + topic + ": " + problem.getMessage(), problem);
    }
  }
}
