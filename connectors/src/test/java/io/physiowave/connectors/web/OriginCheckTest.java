package io.physiowave.connectors.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginCheckTest {

  @Nested
  class OnLoopback {
    private final OriginCheck check = new OriginCheck("localhost");

    @ParameterizedTest
    @CsvSource({
      "localhost:8080, http://localhost:8080, true",
      "127.0.0.1:8080, http://127.0.0.1:8080, true",
      "[::1]:8080, http://[::1]:8080, true",
      "localhost:8080, , true",
      "localhost:8080, http://elsewhere.example, false",
      "localhost:8080, http://localhost:3000, false",
      "localhost:8080, null, false",
      "rebound.example:8080, http://rebound.example:8080, false",
      ", http://localhost:8080, false",
    })
    void answersOnlyItsOwnPage(String host, String origin, boolean allowed) {
      assertThat(check.allows(host, origin)).isEqualTo(allowed);
    }
  }

  @Nested
  class OnANetwork {
    private final OriginCheck check = new OriginCheck("0.0.0.0");

    @ParameterizedTest
    @CsvSource({
      "ward.example:8080, http://ward.example:8080, true",
      "ward.example:8080, http://elsewhere.example, false",
    })
    void goesByAnyNameButStillAnswersOnlyItsOwnPage(String host, String origin, boolean allowed) {
      assertThat(check.allows(host, origin)).isEqualTo(allowed);
    }
  }

  @Nested
  class WithTrustedPages {
    private final OriginCheck check = new OriginCheck("127.0.0.1", Set.of("https://ward.example"));

    @ParameterizedTest
    @CsvSource({
      "localhost:8090, https://ward.example, true",
      "localhost:8090, http://ward.example, false",
      "localhost:8090, https://ward.example.evil.example, false",
      "rebound.example, https://ward.example, false",
    })
    void answersThemToo(String host, String origin, boolean allowed) {
      assertThat(check.allows(host, origin)).isEqualTo(allowed);
    }
  }
}
