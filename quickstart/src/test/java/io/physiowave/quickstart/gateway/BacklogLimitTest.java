package io.physiowave.quickstart.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.physiowave.connectors.replay.FrameSink;
import io.physiowave.core.frame.Modality;
import io.physiowave.core.frame.SignalFrame;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BacklogLimitTest {
  private final AtomicInteger passed = new AtomicInteger();
  private final BacklogLimit limit =
      new BacklogLimit(
          new FrameSink() {
            @Override
            public void accept(SignalFrame frame) {
              passed.incrementAndGet();
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
          },
          10);

  @Test
  void letsFramesThroughUntilTheJobIsTooFarBehind() {
    CompletableFuture<Void> sending = send(25);
    awaitPassed(10);
    assertThat(sending).isNotDone();

    limit.processed(7);
    awaitPassed(17);

    limit.processed(25);
    assertThat(sending).succeedsWithin(Duration.ofMinutes(3));
    assertThat(passed).hasValue(25);
  }

  @Test
  void letsEverythingThroughOnceItIsLifted() {
    CompletableFuture<Void> sending = send(25);
    awaitPassed(10);

    limit.lift();

    assertThat(sending).succeedsWithin(Duration.ofMinutes(3));
  }

  private void awaitPassed(int frames) {
    await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> assertThat(passed).hasValue(frames));
  }

  private CompletableFuture<Void> send(int frames) {
    return CompletableFuture.runAsync(
        () -> {
          for (int i = 0; i < frames; i++) {
            try {
              limit.accept(frame());
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
              throw new IllegalStateException(e);
            }
          }
        });
  }

  private static SignalFrame frame() {
    return new SignalFrame(
        "a",
        "s",
        Modality.ECG,
        0,
        0,
        0,
        360,
        List.of("MLII"),
        "mV",
        new float[1][18],
        new BitSet(),
        false);
  }
}
