package io.physiowave.benchmarks.latency;

import io.physiowave.benchmarks.load.StreamLoad;
import io.physiowave.benchmarks.platform.Bench;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sends a load at an even rate over all streams. Devices do not start together: streams begin one
 * after the other within the time between two windows, so that windows come evenly too.
 *
 * <p>Devices and gateways run elsewhere, so they should cost the machine under test as little as
 * can be: frames are encoded beforehand and leave once a millisecond.
 */
final class PacedFrames {
  /** What Kafka's producers wait unless they are told otherwise. */
  private static final int LINGER_MILLIS = 5;

  private static final long STEP_NANOS = 1_000_000;

  private final String topic;
  private final double framesPerSecond;
  private final List<Optional<ProducerRecord<byte[], byte[]>>> turns;

  /**
   * Encodes a load.
   *
   * @param topic where it goes
   * @param framesPerSecond of all streams together
   * @param framesPerWindow frames between two windows of a stream
   */
  PacedFrames(StreamLoad load, String topic, double framesPerSecond, double framesPerWindow) {
    this.topic = topic;
    this.framesPerSecond = framesPerSecond;
    turns = turns(load, (int) Math.max(1, Math.round(framesPerWindow)));
  }

  /**
   * A turn for each stream again and again; it is empty where a stream has yet to begin or is
   * through.
   */
  private List<Optional<ProducerRecord<byte[], byte[]>>> turns(StreamLoad load, int phases) {
    int streams = load.shape().streams();
    List<byte[]> keys = new ArrayList<>(streams);
    for (int stream = 0; stream < streams; stream++) {
      keys.add(load.streamId(stream).getBytes(StandardCharsets.UTF_8));
    }
    int passes = load.framesPerStream() + phases - 1;
    List<Optional<ProducerRecord<byte[], byte[]>>> all = new ArrayList<>(passes * streams);
    for (int pass = 0; pass < passes; pass++) {
      for (int stream = 0; stream < streams; stream++) {
        int frame = pass - stream % phases;
        all.add(
            frame < 0 || frame >= load.framesPerStream()
                ? Optional.empty()
                : Optional.of(
                    new ProducerRecord<>(topic, keys.get(stream), load.frame(stream, frame))));
      }
    }
    return all;
  }

  /** Sends all of it and returns when the broker has it. */
  void send(Bench bench) {
    AtomicReference<Exception> failure = new AtomicReference<>();
    try (KafkaProducer<byte[], byte[]> producer = bench.producer(LINGER_MILLIS)) {
      long start = System.nanoTime();
      for (int turn = 0; turn < turns.size(); turn++) {
        awaitTurn(start + Math.round(turn * 1e9 / framesPerSecond));
        turns
            .get(turn)
            .ifPresent(
                record -> {
                  var unused =
                      producer.send(
                          record, (metadata, problem) -> failure.compareAndSet(null, problem));
                });
      }
      producer.flush();
    }
    if (failure.get() != null) {
      throw new IllegalStateException("the broker did not take every frame", failure.get());
    }
  }

  private static void awaitTurn(long dueNanos) {
    while (dueNanos - System.nanoTime() > 0) {
      LockSupport.parkNanos(STEP_NANOS);
    }
  }
}
