package io.physiowave.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImagesTest {
  private static final String DIGEST = "@sha256:" + "0a".repeat(32);

  @Test
  void aDigestMayFollowTheTag() {
    assertThat(Images.problem("apache/kafka:4.2.2")).isEmpty();
    assertThat(Images.problem("apache/kafka:4.2.2" + DIGEST)).isEmpty();
    assertThat(Images.tagged("apache/kafka:4.2.2" + DIGEST)).isEqualTo("apache/kafka:4.2.2");
    assertThat(Images.tagged("apache/kafka:4.2.2")).isEqualTo("apache/kafka:4.2.2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"apache/kafka", "apache/kafka:latest", "apache/kafka:4.2.2@sha256:0a"})
  void everythingElseIsRefused(String image) {
    assertThat(Images.problem(image)).isPresent();
  }
}
