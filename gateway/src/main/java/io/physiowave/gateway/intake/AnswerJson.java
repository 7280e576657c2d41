package io.physiowave.gateway.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * Answers as JSON, on one line:
 *
 * <pre>
 * {"accepted": {"stream": "wearable-7", "session": "1", "firstSampleIndex": 250}}
 * {"refused": {"code": "invalid", "reason": "...", "stream": ..., ...}}
 * {"undelivered": {"reason": "...", "stream": ..., ...}}
 * </pre>
 */
public final class AnswerJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private AnswerJson() {}

  /** One answer. */
  public static String of(Answer answer) {
    return written(generator -> write(answer, generator));
  }

  /** Answers to several frames, in their order, below {@code results}. */
  public static String of(List<Answer> answers) {
    return written(
        generator -> {
          generator.writeStartObject();
          generator.writeArrayFieldStart("results");
          for (Answer answer : answers) {
            write(answer, generator);
          }
          generator.writeEndArray();
          generator.writeEndObject();
        });
  }

  private static void write(Answer answer, JsonGenerator generator) throws IOException {
    generator.writeStartObject();
    if (answer instanceof Answer.Refused refused) {
      generator.writeObjectFieldStart("refused");
      generator.writeStringField("code", refused.code());
      generator.writeStringField("reason", refused.reason());
    } else if (answer instanceof Answer.Undelivered undelivered) {
      generator.writeObjectFieldStart("undelivered");
      generator.writeStringField("reason", undelivered.reason());
    } else {
      generator.writeObjectFieldStart("accepted");
    }
    Optional<FrameName> frame = answer.frame();
    if (frame.isPresent()) {
      generator.writeStringField("stream", frame.get().stream());
      generator.writeStringField("session", frame.get().session());
      generator.writeNumberField("firstSampleIndex", frame.get().firstSampleIndex());
    }
    generator.writeEndObject();
    generator.writeEndObject();
  }

  @FunctionalInterface
  private interface Content {
    void write(JsonGenerator generator) throws IOException;
  }

  private static String written(Content content) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(text)) {
      content.write(generator);
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot be written", e);
    }
    return text.toString();
  }
}
