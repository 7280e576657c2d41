package io.physiowave.quickstart.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EmbeddedFlinkTest {
  private static EmbeddedFlink flink;

  @BeforeAll
  static void start() {
    flink = EmbeddedFlink.start(0, 2);
  }

  @AfterAll
  static void stop() {
    flink.close();
    assertThat(flink.storage()).doesNotExist();
  }

  @Nested
  class Running {

    @Test
    void aFiniteJobFinishes() {
      JobID job = flink.submit(counting(1, 1_000, false), "counting");

      await().atMost(Duration.ofMinutes(2)).until(() -> flink.status(job) == JobStatus.FINISHED);
      assertThat(flink.failure(job)).isEmpty();
    }

    @Test
    void anEndlessJobIsCancelled() {
      JobID job = flink.submit(counting(0, Long.MAX_VALUE - 1, false), "counting");
      await().atMost(Duration.ofMinutes(2)).until(() -> flink.status(job) == JobStatus.RUNNING);

      flink.cancel(job);

      assertThat(flink.status(job)).isEqualTo(JobStatus.CANCELED);
    }

    @Test
    void aFailedJobSaysWhy() {
      JobID job = flink.submit(counting(1, 1_000, true), "counting");

      await().atMost(Duration.ofMinutes(2)).until(() -> flink.status(job) == JobStatus.FAILED);
      assertThat(flink.failure(job)).contains("seven is refused");
    }

    private StreamExecutionEnvironment counting(long from, long to, boolean failing) {
      StreamExecutionEnvironment environment = EmbeddedFlink.environment();
      environment.setParallelism(1);
      environment
          .fromSource(
              new NumberSequenceSource(from, to), WatermarkStrategy.noWatermarks(), "numbers")
          .map(number -> failing ? refuseSeven(number) : number)
          .sinkTo(new DiscardingSink<>());
      return environment;
    }
  }

  private static Long refuseSeven(Long number) {
    if (number == 7) {
      throw new IllegalStateException("seven is refused");
    }
    return number;
  }

  @Test
  void servesItsWebInterface() throws Exception {
    HttpResponse<String> page =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(flink.address() + "/index.html")).build(),
                HttpResponse.BodyHandlers.ofString());

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).containsIgnoringCase("flink");
  }

  @Test
  void refusesATakenPortByTheOptionThatChangesIt() {
    assertThatThrownBy(() -> EmbeddedFlink.start(flink.port(), 1))
        .isInstanceOf(PortTakenException.class)
        .hasMessageContaining("--flink-port");
  }
}
