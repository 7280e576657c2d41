package io.physiowave.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTokensTest {
  private static final String TOKEN = "0123456789abcdef";

  @TempDir private Path directory;

  private AccessTokens read(String text) throws Exception {
    return AccessTokens.read(Files.writeString(directory.resolve("tokens.txt"), text));
  }

  @Test
  void aTokenIsForItsStreams() throws Exception {
    AccessTokens tokens = read("# ward 3\n" + TOKEN + "  ward-3-*\n\nfedcba9876543210 arm-1\n");

    assertThat(tokens.grant(TOKEN)).contains(new StreamPattern("ward-3-*"));
    assertThat(tokens.grant("fedcba9876543210")).contains(new StreamPattern("arm-1"));
    assertThat(tokens.grant("0123456789abcdeF")).isEmpty();
    assertThat(tokens.grant("")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "*, anything, true",
    "ward-3-*, ward-3-bed-7, true",
    "ward-3-*, ward-30-bed-7, false",
    "ward-3-*, my-ward-3-x, false",
    "*-ecg, bed-7-ecg, true",
    "a.c, abc, false",
    "arm-1, arm-1, true",
    "arm-1, arm-10, false",
  })
  void aPatternNamesStreams(String pattern, String stream, boolean allowed) {
    assertThat(new StreamPattern(pattern).allows(stream)).isEqualTo(allowed);
  }

  @Test
  void whatIsWrongIsNamedWithoutTheToken() {
    assertRefused("", ": no token; expected one or more lines");
    assertRefused(TOKEN, " line 1: 1 words; expected two, a token and a pattern of stream ids");
    assertRefused(
        "# x\nshort *",
        " line 2: the token has characters or a length that it may not have; expected 16 to 200"
            + " letters, digits or any of . _ ~ -");
    assertRefused(TOKEN + " *\n" + TOKEN + " arm-1", " line 2: the token comes twice");
  }

  private void assertRefused(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(directory.resolve("tokens.txt") + message)
        .hasMessageNotContaining(TOKEN)
        .hasMessageNotContaining("short *");
  }
}
