package io.physiowave.benchmarks.latency;

import io.physiowave.benchmarks.load.StreamLoad;
import io.physiowave.benchmarks.platform.Bench;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sends a load at an even rate over all streams. Devices do not start together: streams begin one
 * after the other within the time between two windows, so that windows come evenly too.
 */
final class PacedFrames {
  private static final int LINGER_MILLIS = 2;

  private final StreamLoad load;
  private final double framesPerSecond;
  private final int phases;

  /**
   * A load to be sent.
   *
   * @param framesPerSecond of all streams together
   * @param framesPerWindow frames between two windows of a stream
   */
  PacedFrames(StreamLoad load, double framesPerSecond, double framesPerWindow) {
    this.load = load;
    this.framesPerSecond = framesPerSecond;
    phases = (int) Math.max(1, Math.round(framesPerWindow));
  }

  /** Sends all of it to a topic and returns when the broker has it. */
  void send(Bench bench, String topic) {
    AtomicReference<Exception> failure = new AtomicReference<>();
    try (KafkaProducer<byte[], byte[]> producer = bench.producer(LINGER_MILLIS)) {
      long start = System.nanoTime();
      long turn = 0;
      for (int pass = 0; pass < load.framesPerStream() + phases - 1; pass++) {
        for (int stream = 0; stream < load.shape().streams(); stream++) {
          awaitTurn(start, turn++);
          int frame = pass - stream % phases;
          if (frame >= 0 && frame < load.framesPerStream()) {
            byte[] key = load.streamId(stream).getBytes(StandardCharsets.UTF_8);
            var unused =
                producer.send(
                    new ProducerRecord<>(topic, key, load.frame(stream, frame)),
                    (metadata, problem) -> failure.compareAndSet(null, problem));
          }
        }
      }
      producer.flush();
    }
    if (failure.get() != null) {
      throw new IllegalStateException("the broker did not take every frame", failure.get());
    }
  }

  private void awaitTurn(long start, long turn) {
    long due = start + Math.round(turn * 1e9 / framesPerSecond);
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
