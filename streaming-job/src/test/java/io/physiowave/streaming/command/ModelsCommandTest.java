package io.physiowave.streaming.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.connectors.command.CommandRunner;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ModelsCommandTest {
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return CommandRunner.run(
        new ModelsCommand(), new PrintWriter(new StringWriter()), new PrintWriter(err), arguments);
  }

  @Test
  void aNegativeTimeToWaitIsBadUsage() {
    assertThat(run("list", "--wait", "-1")).isEqualTo(CommandRunner.USAGE);

    assertThat(err.toString()).contains("--wait is -1; expected 0 or more seconds");
  }

  /** A port that takes connections and says nothing: the worst of wrong addresses. */
  @Test
  void aServerThatIsNoBrokerEndsTheCommandWithOneLine() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      int code =
          run(
              "list",
              "--bootstrap-servers",
              "localhost:" + silent.getLocalPort(),
              "--kafka-property",
              "default.api.timeout.ms=500",
              "--kafka-property",
              "request.timeout.ms=400");

      assertThat(code).isEqualTo(CommandRunner.FAILURE);
      assertThat(err.toString())
          .startsWith("models list: no answer from Kafka in time; check the bootstrap servers")
          .hasLineCount(1);
    }
  }
}
