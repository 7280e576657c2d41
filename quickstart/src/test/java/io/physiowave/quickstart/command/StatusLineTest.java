package io.physiowave.quickstart.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class StatusLineTest {
  private final StringWriter out = new StringWriter();

  @Test
  void isRewrittenInPlaceOnATerminal() {
    try (StatusLine status = new StatusLine(new PrintWriter(out), true)) {
      status.show("one");
      status.show("two");
    }

    assertThat(out.toString()).isEqualToNormalizingNewlines("\rone\u001b[K\rtwo\u001b[K\n");
  }

  @Test
  void isWrittenNowAndThenElsewhere() {
    try (StatusLine status = new StatusLine(new PrintWriter(out), false)) {
      status.show("one");
      status.show("two");
    }

    assertThat(out.toString()).isEqualToNormalizingNewlines("one\n");
  }
}
