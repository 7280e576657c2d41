package io.physiowave.streaming.assemble;

import static io.physiowave.streaming.testing.TestSignals.frame;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class GivenUpTest {
  private static GivenUp everySecondOf(int gaps) {
    GivenUp lost = GivenUp.NONE;
    for (int i = 0; i < gaps; i++) {
      lost = lost.with(200L * i + 100, 200L * i + 200);
    }
    return lost;
  }

  private static boolean holds(GivenUp lost, long first, int count) {
    return lost.isIn(frame("arm", "s", first, count, false));
  }

  @Test
  void endsWithItsSamples() {
    GivenUp lost = everySecondOf(2);

    assertThat(holds(lost, 0, 100)).isFalse();
    assertThat(holds(lost, 0, 101)).isTrue();
    assertThat(holds(lost, 199, 1)).isTrue();
    assertThat(holds(lost, 200, 100)).isFalse();
    assertThat(holds(lost, 300, 0)).isFalse();
    assertThat(GivenUp.NONE.with(7, 7)).isEqualTo(GivenUp.NONE);
  }

  @Test
  void staysBoundedAndForgetsNoSample() throws IOException {
    int gaps = 3 * GivenUp.MAXIMUM;
    GivenUp lost = everySecondOf(gaps);

    assertThat(lost.runs()).hasSize(GivenUp.MAXIMUM);
    for (int i = 0; i < gaps; i++) {
      assertThat(holds(lost, 200L * i + 100, 100)).isTrue();
    }
    for (int i = gaps - GivenUp.MAXIMUM + 2; i < gaps; i++) {
      assertThat(holds(lost, 200L * i, 100)).isFalse();
    }

    DataOutputSerializer bytes = new DataOutputSerializer(300);
    lost.writeTo(bytes);
    assertThat(bytes.length()).isLessThan(300);
    assertThat(GivenUp.readFrom(new DataInputDeserializer(bytes.getCopyOfBuffer())))
        .isEqualTo(lost);
  }
}
