package io.physiowave.dashboard.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.connectors.command.CommandRunner;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class DashboardCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(CountDownLatch stop, String... arguments) {
    return CommandRunner.run(
        new DashboardCommand(stop), new PrintWriter(out), new PrintWriter(err), arguments);
  }

  @Test
  void serves_the_page_until_it_is_stopped() throws Exception {
    CountDownLatch stop = new CountDownLatch(1);
    CompletableFuture<Integer> exit =
        CompletableFuture.supplyAsync(
            () -> run(stop, "--bootstrap-servers", "localhost:1", "--port", "0"));
    Pattern address = Pattern.compile("Live page (http://localhost:\\d+) over localhost:1\\R");
    Matcher printed =
        Awaitility.await()
            .atMost(Duration.ofMinutes(3))
            .until(() -> address.matcher(out.getBuffer().toString()), Matcher::matches);

    var answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(printed.group(1) + "/health")).build(),
                BodyHandlers.ofString());
    assertThat(answer.body()).contains("waiting");

    stop.countDown();
    assertThat(exit.get()).isZero();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void names_a_port_that_is_taken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      assertThat(run(new CountDownLatch(0), "--port", port)).isEqualTo(1);
      assertThat(err.toString()).contains("localhost:" + port).hasLineCount(1);
    }
  }

  @Test
  void refuses_a_port_that_is_none() {
    assertThat(run(new CountDownLatch(0), "--port", "70000")).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo(
            "dashboard: dashboard port is 70000; expected 0 to 65535" + System.lineSeparator());
  }
}
