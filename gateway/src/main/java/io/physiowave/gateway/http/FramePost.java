package io.physiowave.gateway.http;

import io.javalin.http.Context;
import io.physiowave.core.frame.InvalidFrameException;
import io.physiowave.core.frame.RejectionReason;
import io.physiowave.gateway.access.Grant;
import io.physiowave.gateway.intake.Answer;
import io.physiowave.gateway.intake.AnswerJson;
import io.physiowave.gateway.intake.ByteBudget;
import io.physiowave.gateway.intake.FrameIntake;
import io.physiowave.gateway.intake.Refusal;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * {@code POST /v1/frames}: takes frames and answers when Kafka has them.
 *
 * <p>200 when all are accepted, 400, 403 or 413 when one is refused, 503 with {@code Retry-After}
 * when one was not delivered; the body says it of each frame.
 */
final class FramePost {
  private final FrameIntake intake;
  private final ByteBudget memory;

  /**
   * A handler.
   *
   * @param memory for bodies in hand
   */
  FramePost(FrameIntake intake, ByteBudget memory) {
    this.intake = intake;
    this.memory = memory;
  }

  void handle(Context request, Grant grant) throws IOException {
    String encoding = request.header("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      refuse(
          request,
          415,
          Refusal.UNSUPPORTED_TYPE,
          "Content-Encoding is '" + encoding + "'; expected none");
      return;
    }
    Optional<FrameBody> form = FrameBody.of(request.contentType());
    if (form.isEmpty()) {
      refuse(
          request,
          415,
          Refusal.UNSUPPORTED_TYPE,
          (request.contentType() == null
                  ? "Content-Type is missing"
                  : "Content-Type is '" + request.contentType() + "'")
              + "; expected application/x-protobuf, application/json or application/x-ndjson");
      return;
    }
    int room = form.get().maximumBytes() + 1;
    long length = request.req().getContentLengthLong();
    long taken = length >= 0 ? Math.min(length, room) : room;
    if (length >= room) {
      tooLong(request, form.get());
      return;
    }
    if (!memory.tryTake(taken)) {
      postpone(request, "too many requests are in hand");
      return;
    }
    boolean handedOver = false;
    try {
      byte[] body = request.req().getInputStream().readNBytes(room);
      if (body.length == room) {
        tooLong(request, form.get());
        return;
      }
      FrameBody.Frames frames = form.get().read(body);
      CompletableFuture<Void> answered = answer(request, frames, grant);
      request.future(() -> answered.whenComplete((done, failure) -> memory.give(taken)));
      handedOver = true;
    } catch (InvalidFrameException e) {
      refuse(request, 400, RejectionReason.INVALID.code(), e.getMessage());
    } finally {
      if (!handedOver) {
        memory.give(taken);
      }
    }
  }

  private CompletableFuture<Void> answer(Context request, FrameBody.Frames frames, Grant grant) {
    List<CompletableFuture<Answer>> answers =
        frames.submissions().stream().map(frame -> intake.take(frame, grant)).toList();
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenRun(
            () -> {
              List<Answer> done = answers.stream().map(CompletableFuture::join).toList();
              respond(
                  request,
                  status(done),
                  frames.single() ? AnswerJson.of(done.get(0)) : AnswerJson.of(done));
            });
  }

  private static int status(List<Answer> answers) {
    if (answers.stream().anyMatch(Answer.Undelivered.class::isInstance)) {
      return 503;
    }
    return answers.stream()
        .filter(Answer.Refused.class::isInstance)
        .findFirst()
        .map(refused -> status(((Answer.Refused) refused).code()))
        .orElse(200);
  }

  private static int status(String code) {
    if (code.equals(RejectionReason.OVERSIZED.code())) {
      return 413;
    }
    return code.equals(Refusal.FORBIDDEN) ? 403 : 400;
  }

  private static void tooLong(Context request, FrameBody form) {
    refuse(
        request,
        413,
        RejectionReason.OVERSIZED.code(),
        "the body is longer than "
            + form.maximumBytes()
            + " bytes; expected at most that many: send shorter frames");
  }

  /** Refuses a request before there is a frame. */
  static void refuse(Context request, int status, String code, String reason) {
    respond(request, status, AnswerJson.of(new Answer.Refused(code, reason, Optional.empty())));
  }

  /** Asks to send a request again. */
  static void postpone(Context request, String reason) {
    respond(request, 503, "{\"undelivered\":{\"reason\":\"" + reason + "; send it again\"}}");
  }

  private static void respond(Context request, int status, String json) {
    if (status == 503) {
      request.header("Retry-After", "1");
    }
    request.status(status).contentType("application/json").result(json);
  }
}
