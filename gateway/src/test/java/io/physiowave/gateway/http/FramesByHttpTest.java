package io.physiowave.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.frame.SignalFrameCodec;
import io.physiowave.gateway.run.Gateway;
import io.physiowave.gateway.run.GatewayOptions;
import io.physiowave.gateway.testing.FrameTopic;
import io.physiowave.gateway.testing.ReadyGateway;
import io.physiowave.gateway.testing.TestFrames;
import io.physiowave.gateway.testing.TestKafka;
import io.physiowave.gateway.testing.Web;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames by HTTP into a real broker. */
class FramesByHttpTest {
  @RegisterExtension static final TestKafka KAFKA = new TestKafka();

  private static Gateway gateway;
  private static String address;

  @BeforeAll
  static void start() {
    gateway = ReadyGateway.start(GatewayOptions.local(0, KAFKA.broker().bootstrapServers()));
    address = gateway.server().address();
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Nested
  class WhatIsTaken {
    @ParameterizedTest
    @CsvSource({
      "application/x-protobuf", "application/protobuf",
      "application/octet-stream", "Application/X-Protobuf; a=b"
    })
    void aFrameAsProtobuf(String contentType) throws Exception {
      String stream = "p-" + contentType;
      byte[] sent = TestFrames.protobuf(stream, 3);

      HttpResponse<String> answer = Web.post(address, contentType, sent);

      assertThat(answer.body()).isEqualTo(TestFrames.accepted(stream, 3));
      assertThat(answer.statusCode()).isEqualTo(200);
      try (FrameTopic topic = KAFKA.topic()) {
        byte[] written = topic.await(stream, 1).get(0).value();
        assertThat(Arrays.copyOf(written, sent.length)).isEqualTo(sent);
        assertThat(SignalFrameCodec.decode(written).gatewayTimeMicros()).isPositive();
      }
    }

    @Test
    void aFrameAsJson() throws Exception {
      HttpResponse<String> answer =
          Web.postJson(address, TestFrames.json("json", 7).toPrettyString());

      assertThat(answer.body()).isEqualTo(TestFrames.accepted("json", 7));
      try (FrameTopic topic = KAFKA.topic()) {
        SignalFrame frame = FrameTopic.frames(topic.await("json", 1)).get(0);
        assertThat(frame.samples()).isDeepEqualTo(TestFrames.frame("json", 7).samples());
      }
    }

    @Test
    void severalFramesInOrder() throws Exception {
      String body = "[" + TestFrames.json("array", 0) + "," + TestFrames.json("array", 1) + "]";
      assertThat(Web.postJson(address, body).body())
          .isEqualTo(
              "{\"results\":["
                  + TestFrames.accepted("array", 0)
                  + ","
                  + TestFrames.accepted("array", 1)
                  + "]}");

      String lines = TestFrames.json("array", 2) + "\n\n" + TestFrames.json("array", 3) + "\r\n";
      assertThat(Web.post(address, "application/x-ndjson", utf8(lines)).statusCode())
          .isEqualTo(200);
      try (FrameTopic topic = KAFKA.topic()) {
        List<ConsumerRecord<String, byte[]>> records = topic.await("array", 4);
        assertThat(FrameTopic.frames(records))
            .extracting(SignalFrame::firstSampleIndex)
            .containsExactly(0L, 2L, 4L, 6L);
      }
    }

    @Test
    void theGatewaysTimeIsLeftWhereTheSenderSetIt() throws Exception {
      byte[] sent =
          SignalFrameCodec.toMessage(TestFrames.frame("dated", 0)).toBuilder()
              .setGatewayTimeMicros(42)
              .build()
              .toByteArray();

      Web.post(address, "application/x-protobuf", sent);

      try (FrameTopic topic = KAFKA.topic()) {
        assertThat(topic.await("dated", 1).get(0).value()).isEqualTo(sent);
      }
    }
  }

  @Nested
  class WhatIsRefused {
    private void assertRefused(HttpResponse<String> answer, int status, String code, String text) {
      assertThat(answer.body())
          .startsWith("{\"refused\":{\"code\":\"" + code + "\"")
          .contains(text);
      assertThat(answer.statusCode()).isEqualTo(status);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    }

    @Test
    void whatTheJobWouldRefuse() throws Exception {
      byte[] frame =
          SignalFrameCodec.toMessage(TestFrames.frame("bad", 0)).toBuilder()
              .setUnit("volt")
              .build()
              .toByteArray();
      assertRefused(
          Web.post(address, "application/x-protobuf", frame),
          400,
          "invalid",
          "unit is 'volt'; expected one of V, mV, uV");
      assertRefused(
          Web.post(address, "application/x-protobuf", new byte[0]),
          400,
          "invalid",
          "channels is empty");
      assertThat(gateway.counters().refused().get("invalid")).isPositive();
    }

    @Test
    void textsInUtf32ThatBreak() throws Exception {
      byte[] object = {0, 0, 0, '{', 'a', 'a', 'a', 'a'};
      byte[] array = {'[', 0, 0, 0, 'a', 'a', 'a', 'a'};

      assertRefused(Web.post(address, "application/json", object), 400, "invalid", "not JSON");
      assertThat(Web.post(address, "application/json", array).body())
          .startsWith("{\"results\":[{\"refused\":{\"code\":\"invalid\"")
          .contains("not JSON");
    }

    @Test
    void textsThatNestTooDeepOrHoldANumberThatIsTooLong() throws Exception {
      String deep = "[".repeat(2_000);
      assertThat(Web.postJson(address, deep).body())
          .startsWith("{\"results\":[{\"refused\":{\"code\":\"invalid\"")
          .contains("nesting depth");
      byte[] number =
          ("{\"sampleRateHz\":" + "1".repeat(2_000) + "}").getBytes(StandardCharsets.UTF_8);
      assertRefused(Web.post(address, "application/json", number), 400, "invalid", "not JSON");
    }

    @Test
    void aMisspeltField() throws Exception {
      String json = TestFrames.json("bad", 0).put("steamId", "x").toString();
      assertRefused(Web.postJson(address, json), 400, "invalid", "field 'steamId' is unknown");
    }

    @Test
    void oneOfSeveralWhileTheOthersAreTaken() throws Exception {
      String lines =
          TestFrames.json("mixed", 0)
              + "\nnonsense\n"
              + TestFrames.json("mixed", 1).put("unit", "bar")
              + "\n"
              + TestFrames.json("mixed", 2);

      HttpResponse<String> answer = Web.post(address, "application/jsonl", utf8(lines));

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body())
          .matches(
              "\\{\"results\":\\[\\{\"accepted.*\\{\"refused.*not JSON: line 1, column.*"
                  + "\\{\"refused.*unit is 'bar'.*\\{\"accepted.*");
    }

    @Test
    void anArrayThatBreaksOffUpToThere() throws Exception {
      HttpResponse<String> answer =
          Web.postJson(address, "[" + TestFrames.json("broken-off", 0) + ", {\"unit\": ");

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body())
          .matches("\\{\"results\":\\[\\{\"accepted.*\\{\"refused.*not JSON.*");
    }

    @Test
    void bodiesThatAreTooLong() throws Exception {
      assertRefused(
          Web.post(address, "application/x-protobuf", new byte[1_000_001]),
          413,
          "oversized",
          "longer than 1000000 bytes");
      assertRefused(
          Web.post(address, "application/json", new byte[4_000_001]), 413, "oversized", "4000000");
      assertRefused(
          Web.postJson(address, "[" + "1,".repeat(1_001) + "1]"),
          400,
          "invalid",
          "more than 1000 frames");
    }

    @Test
    void otherContentTypes() throws Exception {
      assertRefused(
          Web.post(address, null, utf8("{}")), 415, "unsupported-type", "Content-Type is missing");
      assertRefused(
          Web.post(address, "text/plain", utf8("{}")),
          415,
          "unsupported-type",
          "Content-Type is 'text/plain'; expected application/x-protobuf, application/json");
      assertRefused(
          Web.post(address, "application/json", utf8("{}"), "Content-Encoding", "gzip"),
          415,
          "unsupported-type",
          "Content-Encoding is 'gzip'");
    }

    @Test
    void pagesOfOtherSites() throws Exception {
      assertRefused(
          Web.postJson(address, "{}", "Origin", "http://elsewhere.example"),
          403,
          "foreign-origin",
          "http://elsewhere.example");
    }
  }

  @Test
  void itsHealthCountsWhatWasAnswered() throws Exception {
    Web.postJson(address, TestFrames.json("counted", 0).toString());
    Web.postJson(address, "{}");

    assertThat(ReadyGateway.awaitHealth(address))
        .matches(
            "\\{\"status\":\"ok\",\"kafka\":\"connected\",\"framesAccepted\":[1-9]\\d*,"
                + "\"framesUndelivered\":0,\"framesRefused\":\\{.*\"invalid\":[1-9]\\d*.*},"
                + "\"bytesWaiting\":0,\"sockets\":0,\"listeners\":0}");
  }
}
