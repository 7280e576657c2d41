package io.physiowave.connectors.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.physiowave.connectors.kafka.SignalFrameSerializer;
import io.physiowave.connectors.testing.ArrayRecording;
import io.physiowave.core.frame.SignalFrame;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** With Kafka's own stand-in, since a real broker's acknowledgements cannot be held back. */
class KafkaFrameSinkTest {
  private final MockProducer<String, SignalFrame> producer =
      new MockProducer<>(false, null, new StringSerializer(), new SignalFrameSerializer());
  private final KafkaFrameSink sink = new KafkaFrameSink(producer, "signal.frames", 3);
  private final Replayer replayer =
      new Replayer(
          ReplayOptions.of("s", "a")
              .withSpeed(ReplayOptions.UNLIMITED)
              .withFrameDuration(Duration.ofMillis(10)),
          sink);

  @Test
  void a_replay_waits_while_too_much_is_unacknowledged() {
    CompletableFuture<ReplaySummary> playing = playHundredFrames();
    await().atMost(Duration.ofMinutes(3)).until(() -> producer.history().size() == 3);
    assertThat(sink.inFlight()).isEqualTo(3);
    assertThat(sink.delivered()).isZero();

    producer.completeNext();
    await().atMost(Duration.ofMinutes(3)).until(() -> producer.history().size() == 4);
    assertThat(playing).isNotDone();
    assertThat(sink.delivered()).isEqualTo(1);

    await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              producer.completeNext();
              return playing.isDone();
            });
    assertThat(playing.join().frames()).isEqualTo(100);
    assertThat(producer.history())
        .hasSize(100)
        .allMatch(sent -> sent.key().equals("s") && sent.topic().equals("signal.frames"));
  }

  @Test
  void a_failed_delivery_ends_the_replay_with_its_reason() {
    CompletableFuture<ReplaySummary> playing = playHundredFrames();
    await().atMost(Duration.ofMinutes(3)).until(() -> producer.history().size() == 3);
    producer.errorNext(new NotLeaderOrFollowerException("the leader has moved"));
    assertThatThrownBy(playing::join)
        .hasCauseInstanceOf(FrameSinkException.class)
        .hasMessageContaining(
            "frames could not be delivered to topic signal.frames: the leader has moved");
  }

  private CompletableFuture<ReplaySummary> playHundredFrames() {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return replayer.play(ArrayRecording.counting(1000, 1000));
          } catch (Exception e) {
            throw new CompletionException(e);
          }
        });
  }
}
