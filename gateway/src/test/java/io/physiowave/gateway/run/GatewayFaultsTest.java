package io.physiowave.gateway.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.frame.SignalFrameCodec;
import io.physiowave.gateway.http.HttpOptions;
import io.physiowave.gateway.testing.DeviceSocket;
import io.physiowave.gateway.testing.FrameTopic;
import io.physiowave.gateway.testing.ReadyGateway;
import io.physiowave.gateway.testing.TestFrames;
import io.physiowave.gateway.testing.TestKafka;
import io.physiowave.gateway.testing.Web;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What devices see while Kafka is away, and when the gateway ends. */
class GatewayFaultsTest {
  @RegisterExtension static final TestKafka KAFKA = new TestKafka();

  private static final int WINDOW = 8;
  private static final int LONG_FRAMES = 150;
  private static final int SAMPLES = 12_500;

  private static Gateway gateway(Duration patience) {
    HttpOptions http =
        new HttpOptions("localhost", 0, Optional.empty(), false, Set.of(), WINDOW, 10);
    return ReadyGateway.start(
        GatewayOptions.local(0, KAFKA.broker().bootstrapServers())
            .withHttp(http)
            .withPatience(patience));
  }

  /** 100 kB, so that not many fit what lies between device and gateway. */
  private static byte[] longFrame(String stream, int number) {
    SignalFrame form = TestFrames.frame(stream, number);
    return SignalFrameCodec.encode(
        new SignalFrame(
            stream,
            form.sessionId(),
            form.modality(),
            (long) number * SAMPLES,
            0,
            1,
            250,
            form.channels(),
            "mV",
            new float[2][SAMPLES],
            form.leadOff(),
            false));
  }

  @Test
  void whileTheBrokerIsAwayNothingIsLostAndNothingPilesUp() throws Exception {
    try (Gateway patient = gateway(Duration.ofMinutes(5));
        Gateway hasty = gateway(Duration.ofSeconds(2));
        FrameTopic topic = KAFKA.topic()) {
      DeviceSocket device = DeviceSocket.connect(patient.server().port());
      device.send(longFrame("outage", 0)).join();
      assertThat(device.answers(1).get(0)).contains("accepted");
      byte[] frame = TestFrames.protobuf("hasty", 0);
      await().atMost(Duration.ofMinutes(3)).until(() -> post(hasty, frame).statusCode() == 200);
      long before = hasty.counters().undelivered();

      KAFKA.broker().shutDown();
      AtomicInteger sent = new AtomicInteger();
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(
              () -> {
                for (int number = 1; number < LONG_FRAMES; number++) {
                  device.send(longFrame("outage", number)).join();
                  sent.incrementAndGet();
                }
              });
      long fullWindow = (long) WINDOW * longFrame("outage", 0).length;
      await().atMost(Duration.ofMinutes(3)).until(() -> bytesWaiting(patient) >= fullWindow);

      HttpResponse<String> undelivered = post(hasty, frame);
      assertThat(undelivered.statusCode()).isEqualTo(503);
      assertThat(undelivered.headers().firstValue("Retry-After")).contains("1");
      assertThat(undelivered.body())
          .startsWith("{\"undelivered\":{\"reason\":\"Kafka has not confirmed the frame")
          .contains("\"stream\":\"hasty\"");
      HttpResponse<String> health = Web.get(hasty.server().address() + "/healthz");
      assertThat(health.statusCode()).isEqualTo(503);
      assertThat(health.body()).contains("\"status\":\"kafka-unavailable\"");
      assertThat(Web.get(hasty.server().address() + "/metrics").body().lines())
          .contains("physiowave_gateway_undelivered_frames_total " + (before + 1.0))
          .contains("physiowave_gateway_kafka_connected 0.0");
      // Meanwhile two seconds have passed in which the device would have sent all it has.
      assertThat(bytesWaiting(patient)).isBetween(fullWindow, fullWindow + 1_000);
      assertThat(sent.get()).isLessThan(LONG_FRAMES - 1);
      assertThat(device.answersThatCame()).isZero();

      KAFKA.broker().startUp();
      List<String> answers = device.answers(LONG_FRAMES - 1);
      assertThat(answers)
          .isEqualTo(
              IntStream.range(1, LONG_FRAMES)
                  .mapToObj(number -> TestFrames.accepted("outage", number * SAMPLES / 2))
                  .toList());
      sending.get(3, TimeUnit.MINUTES);
      assertThat(FrameTopic.frames(topic.await("outage", LONG_FRAMES)))
          .extracting(SignalFrame::firstSampleIndex)
          .isEqualTo(IntStream.range(0, LONG_FRAMES).mapToObj(n -> (long) n * SAMPLES).toList());
      await().atMost(Duration.ofMinutes(3)).until(() -> post(hasty, frame).statusCode() == 200);
      device.abort();
    }
  }

  private static HttpResponse<String> post(Gateway gateway, byte[] frame) throws Exception {
    return Web.post(gateway.server().address(), "application/x-protobuf", frame);
  }

  private static long bytesWaiting(Gateway gateway) throws Exception {
    String report = Web.get(gateway.server().address() + "/healthz").body();
    return Long.parseLong(report.replaceAll(".*\"bytesWaiting\":(\\d+).*", "$1"));
  }

  @Test
  void aGatewayThatEndsAnswersWhatItHasTaken() throws Exception {
    Gateway gateway = gateway(Duration.ofSeconds(30));
    DeviceSocket device = DeviceSocket.connect(gateway.server().port());
    CompletableFuture<Void> sending =
        CompletableFuture.runAsync(
            () -> {
              for (int number = 0; number < 100_000; number++) {
                device.send(TestFrames.protobuf("ending", number)).join();
              }
            });
    List<String> answers = new ArrayList<>(device.answers(100));

    gateway.close();

    assertThat(device.closed()).succeedsWithin(3, TimeUnit.MINUTES).isEqualTo(4001);
    assertThat(sending).failsWithin(3, TimeUnit.MINUTES);
    answers.addAll(device.answers(device.answersThatCame()));
    assertThat(answers)
        .isEqualTo(
            IntStream.range(0, answers.size())
                .mapToObj(number -> TestFrames.accepted("ending", number))
                .toList());
    try (FrameTopic topic = KAFKA.topic()) {
      assertThat(topic.await("ending", answers.size())).hasSize(answers.size());
    }
  }
}
