package io.physiowave.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.physiowave.connectors.command.CommandRunner;
import io.physiowave.gateway.testing.ReadyGateway;
import io.physiowave.gateway.testing.TestFrames;
import io.physiowave.gateway.testing.TestKafka;
import io.physiowave.gateway.testing.Web;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GatewayCommandTest {
  @RegisterExtension static final TestKafka KAFKA = new TestKafka();

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CountDownLatch stop = new CountDownLatch(1);

  private int run(String... arguments) {
    return CommandRunner.run(
        new GatewayCommand(stop), new PrintWriter(out), new PrintWriter(err), arguments);
  }

  @Test
  void itTakesFramesUntilItIsStopped() throws Exception {
    String brokers = KAFKA.broker().bootstrapServers();
    CompletableFuture<Integer> exitCode =
        CompletableFuture.supplyAsync(() -> run("--port", "0", "--bootstrap-servers", brokers));
    await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> out.toString().contains(" into signal.frames at " + brokers));
    String address = out.toString().replaceAll("(?s)Gateway (\\S+) into.*", "$1");
    assertThat(ReadyGateway.awaitHealth(address)).contains("\"status\":\"ok\"");

    assertThat(Web.postJson(address, TestFrames.json("command", 0).toString()).statusCode())
        .isEqualTo(200);

    stop.countDown();
    assertThat(exitCode.get(3, TimeUnit.MINUTES)).isZero();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void anOpenDoorIsBadUsage() {
    assertThat(run("--host", "0.0.0.0")).isEqualTo(CommandRunner.USAGE);
    assertThat(err.toString())
        .startsWith("gateway: the gateway would listen on 0.0.0.0 for everybody who reaches it");
  }

  @Test
  void aMissingFileOfTokensIsNamed() {
    assertThat(run("--tokens", "nowhere.txt")).isEqualTo(CommandRunner.FAILURE);
    assertThat(err.toString().strip()).isEqualTo("gateway: nowhere.txt: no such file or directory");
  }

  @Test
  void wrongNumbersAreBadUsage() {
    assertThat(run("--patience", "1")).isEqualTo(CommandRunner.USAGE);
    assertThat(err.toString()).contains("patience with Kafka is 1000 ms; expected 2000 to 600000");
    assertThat(run("--allow-origin", "ward.example")).isEqualTo(CommandRunner.USAGE);
    assertThat(err.toString()).contains("origin is 'ward.example'; expected scheme, host and port");
  }
}
