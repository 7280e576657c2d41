package io.physiowave.streaming.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** A watch is copied field by field, saved and restored byte by byte: both must know all of it. */
class RateWatchTest {
  private static final double DECLARED = 200;

  private long sample;
  private long micros = 1;

  /** Frames of a second by the device's clock. */
  private void send(RateWatch watch, int hz, int seconds) {
    for (int i = 0; i < seconds; i++) {
      boolean unused = watch.count(sample, micros);
      sample += hz;
      micros += 1_000_000;
    }
  }

  /** No field has the value that it begins with. */
  private RateWatch eventful() {
    RateWatch watch = new RateWatch(DECLARED);
    send(watch, 250, 75);
    assertThat(watch.isWrong()).isTrue();
    return watch;
  }

  private static byte[] saved(RateWatch watch) throws IOException {
    DataOutputSerializer bytes = new DataOutputSerializer(100);
    watch.writeTo(bytes);
    return bytes.getCopyOfBuffer();
  }

  @Test
  void isTheSameWhenItIsCopiedOrRestored() throws IOException {
    RateWatch watch = eventful();

    RateWatch restored = RateWatch.readFrom(DECLARED, new DataInputDeserializer(saved(watch)));

    assertThat(saved(watch.copy())).isEqualTo(saved(watch));
    assertThat(saved(restored)).isEqualTo(saved(watch));
    assertThat(restored.quality()).isEqualTo(watch.quality());
    assertThat(watch.copy().quality()).isEqualTo(watch.quality());
  }

  @Test
  void tellsOnceOfASession() {
    RateWatch watch = new RateWatch(DECLARED);
    int told = 0;
    for (int i = 0; i < 500; i++) {
      told += watch.count(sample, micros) ? 1 : 0;
      sample += i / 100 % 2 == 0 ? 250 : 200;
      micros += 1_000_000;
    }

    assertThat(told).isEqualTo(1);
  }

  @Test
  void beginsAnewBehindALongGapOnly() {
    RateWatch watch = new RateWatch(DECLARED);
    send(watch, 250, 55);
    watch.skip(200);
    send(watch, 250, 10);
    assertThat(watch.isWrong()).isTrue();

    RateWatch other = new RateWatch(DECLARED);
    send(other, 250, 55);
    other.skip(201);
    send(other, 250, 30);
    assertThat(other.isWrong()).isFalse();
  }
}
