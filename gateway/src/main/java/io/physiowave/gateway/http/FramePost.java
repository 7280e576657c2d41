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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/**
 * {@code POST /v1/frames}: takes frames and answers when Kafka has them.
 *
 * <p>200 when all are accepted, 400, 403 or 413 when one is refused, 503 with {@code Retry-After}
 * when one was not delivered, 408 when they did not come in time; the body says it of each frame.
 */
final class FramePost {
  private static final int PART_BYTES = 16 * 1024;

  private final FrameIntake intake;
  private final ByteBudget memory;
  private final Semaphore readers;
  private final Duration patience;

  /**
   * A handler.
   *
   * @param memory for bodies in hand
   * @param readers of whom each may wait for a body
   * @param patience how long a body may take to come
   */
  FramePost(FrameIntake intake, ByteBudget memory, Semaphore readers, Duration patience) {
    this.intake = intake;
    this.memory = memory;
    this.readers = readers;
    this.patience = patience;
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
    if (request.req().getContentLengthLong() > form.get().maximumBytes()) {
      tooLong(request, form.get());
      return;
    }
    take(request, form.get(), grant);
  }

  private void take(Context request, FrameBody form, Grant grant) throws IOException {
    Loan loan = new Loan(memory);
    boolean handedOver = false;
    try {
      Optional<byte[]> body = read(request.req().getInputStream(), form.maximumBytes(), loan);
      if (body.isEmpty()) {
        postpone(request, "too many requests are in hand");
        return;
      }
      if (body.get().length > form.maximumBytes()) {
        tooLong(request, form);
        return;
      }
      FrameBody.Frames frames = form.read(body.get());
      CompletableFuture<Void> answered = answer(request, frames, grant);
      request.future(() -> answered.whenComplete((done, failure) -> loan.close()));
      handedOver = true;
    } catch (LateBodyException e) {
      postpone(request, 408, "the body has not come within " + patience.toSeconds() + " s");
    } catch (InvalidFrameException e) {
      refuse(request, 400, RejectionReason.INVALID.code(), e.getMessage());
    } finally {
      if (!handedOver) {
        loan.close();
      }
    }
  }

  /**
   * Reads a body, or more than the maximum of one that is too long. Memory is taken for what has
   * come and not for what was announced: a sender who is slow keeps it from nobody.
   *
   * @return empty when there is no memory for it, or too many wait for bodies already
   */
  private Optional<byte[]> read(InputStream from, int maximum, Loan loan) throws IOException {
    if (!readers.tryAcquire()) {
      return Optional.empty();
    }
    try {
      return readParts(from, maximum, loan);
    } finally {
      readers.release();
    }
  }

  private Optional<byte[]> readParts(InputStream from, int maximum, Loan loan) throws IOException {
    long start = System.nanoTime();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] part = new byte[PART_BYTES];
    for (int count = from.read(part); count >= 0; count = from.read(part)) {
      if (!loan.tryTake(count)) {
        return Optional.empty();
      }
      body.write(part, 0, count);
      if (body.size() > maximum) {
        break;
      }
      // A byte now and then is never idle, and would keep memory and a reader for days.
      if (System.nanoTime() - start > patience.toNanos()) {
        throw new LateBodyException();
      }
    }
    return Optional.of(body.toByteArray());
  }

  /** A body comes so slowly that it is not waited for. */
  private static final class LateBodyException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** Memory of one request. Not for several threads at once. */
  private static final class Loan implements AutoCloseable {
    private final ByteBudget memory;
    private long taken;

    Loan(ByteBudget memory) {
      this.memory = memory;
    }

    boolean tryTake(int bytes) {
      if (!memory.tryTake(bytes)) {
        return false;
      }
      taken += bytes;
      return true;
    }

    @Override
    public void close() {
      memory.give(taken);
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
    postpone(request, 503, reason);
  }

  private static void postpone(Context request, int status, String reason) {
    respond(request, status, "{\"undelivered\":{\"reason\":\"" + reason + "; send it again\"}}");
  }

  private static void respond(Context request, int status, String json) {
    if (status == 503) {
      request.header("Retry-After", "1");
    }
    request.status(status).contentType("application/json").result(json);
  }
}
