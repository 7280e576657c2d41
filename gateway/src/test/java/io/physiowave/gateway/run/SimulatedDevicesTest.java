package io.physiowave.gateway.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.physiowave.connectors.command.CommandRunner;
import io.physiowave.connectors.command.SimulateCommand;
import io.physiowave.connectors.replay.GatewayAddress;
import io.physiowave.connectors.replay.GatewaySocketSink;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.gateway.http.HttpOptions;
import io.physiowave.gateway.testing.FrameTopic;
import io.physiowave.gateway.testing.ReadyGateway;
import io.physiowave.gateway.testing.TestFrames;
import io.physiowave.gateway.testing.TestKafka;
import io.physiowave.testing.FreePort;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code physiowave simulate --gateway}: simulated devices that a real gateway takes for real. */
class SimulatedDevicesTest {
  @RegisterExtension static final TestKafka KAFKA = new TestKafka();

  private static final String TOKEN = "a-token-of-ward-three";

  /** 50 ms of the simulated arm. */
  private static final int FRAME_SAMPLES = 50;

  private static final int FRAMES = 40;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;

  private static GatewayOptions options() {
    return GatewayOptions.local(0, KAFKA.broker().bootstrapServers());
  }

  /** Plays two seconds of an arm, 40 frames. */
  private int simulate(Gateway gateway, String scheme, String stream, String... more) {
    return run(
        Stream.concat(
                Stream.of(
                    "emg",
                    "--seconds",
                    "2",
                    "--speed",
                    "max",
                    "--stream-id",
                    stream,
                    "--gateway",
                    address(gateway, scheme)),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static String address(Gateway gateway, String scheme) {
    return gateway.server().address().replaceFirst("http", scheme);
  }

  private int run(String... arguments) {
    return CommandRunner.run(
        new SimulateCommand(), new PrintWriter(out), new PrintWriter(err), arguments);
  }

  /** What has come when nothing is missing. */
  private static List<SignalFrame> arrived(String stream) {
    try (FrameTopic topic = KAFKA.topic()) {
      return FrameTopic.frames(
          topic.await(
              stream,
              records ->
                  FrameTopic.frames(records).stream()
                          .map(SignalFrame::firstSampleIndex)
                          .distinct()
                          .count()
                      == FRAMES));
    }
  }

  private static List<Long> positions() {
    return LongStream.range(0, FRAMES).map(number -> number * FRAME_SAMPLES).boxed().toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "ws"})
  void theirFramesComeThroughTheGatewayInOrder(String scheme) throws Exception {
    try (Gateway gateway = ReadyGateway.start(options())) {
      assertThat(simulate(gateway, scheme, "sim-1-" + scheme)).as(err.toString()).isZero();

      assertThat(out.toString())
          .contains(" as stream sim-1-" + scheme + ", ")
          .contains(", to " + address(gateway, scheme))
          .contains("Sent 40 frames of 2.0 s of signal");
      assertThat(gateway.counters().accepted()).isEqualTo(FRAMES);
      assertThat(arrived("sim-1-" + scheme))
          .extracting(SignalFrame::firstSampleIndex)
          .isEqualTo(positions());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "ws"})
  void nothingIsLostWhileKafkaIsAway(String scheme) throws Exception {
    try (Gateway gateway = ReadyGateway.start(options().withPatience(Duration.ofSeconds(2)))) {
      KAFKA.broker().shutDown();
      CompletableFuture<Integer> exitCode;
      try {
        exitCode =
            CompletableFuture.supplyAsync(() -> simulate(gateway, scheme, "sim-2-" + scheme));
        await().atMost(Duration.ofMinutes(3)).until(() -> gateway.counters().undelivered() > 0);
      } finally {
        KAFKA.broker().startUp();
      }

      assertThat(exitCode.get(2, TimeUnit.MINUTES)).as(err.toString()).isZero();
      List<Long> arrived =
          arrived("sim-2-" + scheme).stream().map(SignalFrame::firstSampleIndex).toList();
      if (scheme.equals("http")) {
        assertThat(arrived).isSorted();
      }
      assertThat(arrived.stream().distinct().sorted().toList()).isEqualTo(positions());
    }
  }

  @Test
  void aConnectionThatHasEndedIsMissedWithTheNextFrameOnly() throws Exception {
    GatewayOptions options = GatewayOptions.local(FreePort.any(), options().bootstrapServers());
    try (GatewaySocketSink sink = new GatewaySocketSink(address(options))) {
      try (Gateway gateway = ReadyGateway.start(options)) {
        sink.accept(TestFrames.frame("sim-6", 0));
        sink.flush();
        assertThat(gateway.counters().accepted()).isEqualTo(1);
      }
      sink.flush();
      try (Gateway another = ReadyGateway.start(options)) {
        sink.accept(TestFrames.frame("sim-6", 1));
        sink.flush();
        assertThat(another.counters().accepted()).isEqualTo(1);
      }
    }
  }

  private static GatewayAddress address(GatewayOptions options) {
    return new GatewayAddress(
        URI.create("ws://localhost:" + options.http().port()), Optional.empty());
  }

  @Test
  void theyHaveTokens() throws Exception {
    Path tokens = Files.writeString(directory.resolve("tokens"), TOKEN + " sim-*\n");
    Path token = Files.writeString(directory.resolve("token"), TOKEN + "\n");
    try (Gateway gateway =
        ReadyGateway.start(options().withHttp(HttpOptions.local(0).withTokens(tokens)))) {
      assertThat(simulate(gateway, "http", "sim-3", "--gateway-token-file", token.toString()))
          .as(err.toString())
          .isZero();
      assertThat(simulate(gateway, "http", "arm-3", "--gateway-token-file", token.toString()))
          .isEqualTo(CommandRunner.FAILURE);
      assertThat(err.toString().strip())
          .startsWith(
              "simulate: "
                  + gateway.server().address()
                  + "/v1/frames does not take the frame of stream arm-3 at sample 0: it answers"
                  + " 403: stream_id is 'arm-3'");
      err.getBuffer().setLength(0);
      assertThat(simulate(gateway, "ws", "sim-4", "--gateway-token-file", token.toString()))
          .as(err.toString())
          .isZero();
      assertThat(simulate(gateway, "ws", "arm-4", "--gateway-token-file", token.toString()))
          .isEqualTo(CommandRunner.FAILURE);
      assertThat(err.toString().strip())
          .startsWith(
              "simulate: "
                  + address(gateway, "ws")
                  + "/v1/stream does not take the frame of stream arm-4 at sample 0: stream_id is"
                  + " 'arm-4'");
      err.getBuffer().setLength(0);
      assertThat(simulate(gateway, "ws", "sim-5")).isEqualTo(CommandRunner.FAILURE);
      assertThat(err.toString().strip())
          .isEqualTo(
              "simulate: "
                  + address(gateway, "ws")
                  + "/v1/stream does not take frames: it answers 401; expected a token that it"
                  + " knows");
    }
  }

  @Test
  void aGatewayOrKafkaNotBoth() {
    assertThat(
            run("emg", "--gateway", "http://localhost:8090", "--bootstrap-servers", "localhost:1"))
        .isEqualTo(CommandRunner.USAGE);
    assertThat(run("emg", "--gateway", "ftp://localhost:8090")).isEqualTo(CommandRunner.USAGE);
    assertThat(run("emg", "--gateway-token-file", "token")).isEqualTo(CommandRunner.USAGE);
    assertThat(err.toString())
        .contains("--bootstrap-servers is for Kafka, and with --gateway the gateway talks to it")
        .contains("gateway is 'ftp://localhost:8090'; expected its address, e.g. http://")
        .contains("--gateway-token-file is for a gateway; expected --gateway too");
  }
}
