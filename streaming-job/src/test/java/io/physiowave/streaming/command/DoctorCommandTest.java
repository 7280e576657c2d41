package io.physiowave.streaming.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.physiowave.connectors.command.CommandRunner;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {
  private final StringWriter out = new StringWriter();

  private int run(String... arguments) {
    return CommandRunner.run(
        new DoctorCommand(), new PrintWriter(out), new PrintWriter(out), arguments);
  }

  @Test
  void aPortThatIsTakenFailsTheDemoAndSaysWhatToDo() throws Exception {
    try (ServerSocket holder = new ServerSocket()) {
      holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

      int code = run("--port", Integer.toString(holder.getLocalPort()));

      assertThat(code).isEqualTo(CommandRunner.FAILURE);
      assertThat(out.toString())
          .containsPattern("FAIL  port " + holder.getLocalPort() + " +not to be had")
          .contains("-> End what listens there")
          .contains("The demo cannot run.");
    }
  }

  @Test
  void onePortForTwoServersFailsTheDemoAndNamesBoth() {
    int code = run("--port", "20080", "--flink-port", "0", "--kafka-port", "20080");

    assertThat(code).isEqualTo(CommandRunner.FAILURE);
    assertThat(out.toString())
        .containsPattern("FAIL  port 20080 +meant for the live page and the Kafka broker")
        .doesNotContain("FAIL  port 0");
  }

  @Test
  void aPortThatIsNoneIsRefusedByItsFlag() {
    assertThat(run("--flink-port", "99999")).isEqualTo(CommandRunner.FAILURE);

    assertThat(out.toString()).contains("--flink-port is 99999; expected 0 to 65535");
  }

  @Test
  void theJsonHoldsTheSameAndTheExitCodeFollowsIt() throws Exception {
    int code = run("--json");

    JsonNode answer = new ObjectMapper().readTree(out.toString());
    boolean fails =
        answer.path("findings").findValuesAsText("level").stream().anyMatch("FAIL"::equals);
    assertThat(answer.path("findings").size()).isGreaterThan(10);
    assertThat(answer.path("demoCanRun").asBoolean()).isEqualTo(!fails);
    assertThat(code).isEqualTo(fails ? CommandRunner.FAILURE : CommandRunner.SUCCESS);
  }
}
