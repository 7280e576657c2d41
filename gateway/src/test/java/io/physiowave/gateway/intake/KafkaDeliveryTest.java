package io.physiowave.gateway.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.physiowave.connectors.kafka.KafkaUnavailableException;
import io.physiowave.connectors.kafka.SignalTopic;
import io.physiowave.connectors.trace.SendTraces;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.frame.SignalFrameCodec;
import io.physiowave.gateway.testing.TestFrames;
import io.physiowave.gateway.testing.TestKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Frames on their way to a Kafka that is away. */
class KafkaDeliveryTest {
  @RegisterExtension static final TestKafka KAFKA = new TestKafka();

  @Test
  void whatIsTooMuchFailsAtOnceAlsoWhereFramesAreShort() {
    // Of a short frame, most of what the producer keeps is not the frame.
    SignalFrame frame = TestFrames.frame("\u20ac".repeat(200), 0);
    byte[] bytes = SignalFrameCodec.encode(frame);
    List<CompletableFuture<Void>> sent = new ArrayList<>();
    try (KafkaDelivery delivery =
        KafkaDelivery.open(
            KAFKA.broker().bootstrapServers(),
            SignalTopic.FRAMES.topicName(),
            Duration.ofMinutes(10),
            SendTraces.off())) {
      await().atMost(Duration.ofMinutes(3)).until(delivery::knowsTopic);
      KAFKA.broker().shutDown();
      try {
        CompletableFuture<Void> latest;
        do {
          latest = delivery.send(frame, bytes);
          sent.add(latest);
        } while (!latest.isCompletedExceptionally());

        assertThat(latest)
            .failsWithin(Duration.ZERO)
            .withThrowableOfType(java.util.concurrent.ExecutionException.class)
            .withCauseInstanceOf(KafkaUnavailableException.class)
            .withMessageContaining("wait for Kafka already");
      } finally {
        KAFKA.broker().startUp();
      }
      sent.remove(sent.size() - 1);
      assertThat(CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)))
          .succeedsWithin(Duration.ofMinutes(3));
    }
  }
}
