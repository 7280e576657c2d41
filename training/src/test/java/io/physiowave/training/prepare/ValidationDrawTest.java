package io.physiowave.training.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValidationDrawTest {
  private static final int MANY = 10_000;

  @Test
  void meetsItsShareAboutByNameAndExactlyByNumber() {
    ValidationDraw draw = new ValidationDraw(0.2, 42);

    long byName = IntStream.range(0, MANY).filter(i -> draw.takes("record-" + i)).count();

    // Six standard deviations of that many draws are 240.
    assertThat(byName).isBetween(2000L - 240, 2000L + 240);
    assertThat(draw.of(MANY, 2000).cardinality()).isEqualTo(2000);
  }

  @Test
  void anotherSeedDrawsOthers() {
    ValidationDraw one = new ValidationDraw(0.5, 1);
    ValidationDraw other = new ValidationDraw(0.5, 2);

    assertThat(IntStream.range(0, 100).filter(one::takes).toArray())
        .isNotEqualTo(IntStream.range(0, 100).filter(other::takes).toArray());
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void refusesWhatIsNoShare(double share) {
    assertThatThrownBy(() -> new ValidationDraw(share, 42))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("val_split_ratio is " + share + "; expected 0 to below 1");
  }

  @Test
  void drawsNothingOfNoShare() {
    ValidationDraw none = new ValidationDraw(0, 42);

    assertThat(IntStream.range(0, MANY).filter(none::takes)).isEmpty();
  }
}
