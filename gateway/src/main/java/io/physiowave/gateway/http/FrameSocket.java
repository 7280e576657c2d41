package io.physiowave.gateway.http;

import io.physiowave.core.frame.FrameAdmission;
import io.physiowave.gateway.access.Grant;
import io.physiowave.gateway.intake.Answer;
import io.physiowave.gateway.intake.AnswerJson;
import io.physiowave.gateway.intake.ByteBudget;
import io.physiowave.gateway.intake.FrameIntake;
import io.physiowave.gateway.intake.Submission;
import io.physiowave.gateway.socket.Goodbye;
import io.physiowave.gateway.socket.SocketWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/**
 * One device at {@code /v1/stream}: each message is a frame, protobuf when binary and JSON when
 * text, and gets one answer, in the order of the messages.
 *
 * <p>Public, since Jetty calls it by reflection. No thread waits. When a window of frames is not
 * answered yet, because Kafka is slow or the device does not read, nothing more is read from the
 * socket until one is; so TCP holds the device back.
 *
 * <p>Before a goodbye what was taken is answered; what still comes is read and dropped until the
 * device says goodbye, too.
 */
public final class FrameSocket implements Session.Listener {
  private final FrameIntake intake;
  private final Grant grant;
  private final int window;
  private final Duration patience;
  private final SocketMessage message;
  private final FrameSockets connected;

  private final Queue<CompletableFuture<Answer>> open = new ArrayDeque<>();
  private final SocketWriter writer = new SocketWriter(this::nextAnswer, this::answerWritten);
  private final CompletableFuture<Void> gone = new CompletableFuture<>();
  private Session session;
  private int unanswered;
  private boolean held;
  private Goodbye goodbye;
  private String reason;

  /**
   * A device that is not connected yet.
   *
   * @param window frames that may be unanswered at once
   * @param patience how long a message may take to come
   * @param memory for messages of which parts have come
   * @param connected holds this device while it is connected
   */
  FrameSocket(
      FrameIntake intake,
      Grant grant,
      int window,
      Duration patience,
      ByteBudget memory,
      FrameSockets connected) {
    this.intake = intake;
    this.grant = grant;
    this.window = window;
    this.patience = patience;
    this.message = new SocketMessage(memory);
    this.connected = connected;
  }

  @Override
  public void onWebSocketOpen(Session opened) {
    session = opened;
    connected.add(this);
    opened.demand();
  }

  @Override
  public void onWebSocketPartialBinary(ByteBuffer part, boolean last, Callback callback) {
    boolean fits = message.add(part);
    callback.succeed();
    proceed(fits, last, false);
  }

  @Override
  public void onWebSocketPartialText(String part, boolean last) {
    proceed(message.add(StandardCharsets.UTF_8.encode(part)), last, true);
  }

  private void proceed(boolean fits, boolean last, boolean isText) {
    if (isDeaf()) {
      message.discard();
      session.demand();
      return;
    }
    int maximum = isText ? FrameBody.MAXIMUM_TEXT : FrameAdmission.DEFAULT_MAXIMUM_BYTES;
    if (!fits) {
      giveUp(Goodbye.TRY_AGAIN_LATER, "the gateway has no memory for more messages at present");
    } else if (message.length() > maximum) {
      giveUp(
          Goodbye.TOO_BIG, "the message is longer than " + maximum + " bytes; send shorter frames");
    } else if (last) {
      byte[] bytes = message.take();
      take(isText ? Submission.json(bytes) : Submission.protobuf(bytes));
    } else if (message.isOlderThan(patience)) {
      giveUp(
          Goodbye.TRY_AGAIN_LATER,
          "the message has not come within " + patience.toSeconds() + " s; connect again");
    } else {
      session.demand();
    }
  }

  private synchronized boolean isDeaf() {
    return goodbye != null;
  }

  private void giveUp(Goodbye why, String advice) {
    message.discard();
    leave(why, advice);
    session.demand();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // an answer never fails, nor does writing one
  private void take(Submission submission) {
    boolean late;
    synchronized (this) {
      late = goodbye != null;
      unanswered += late ? 0 : 1;
    }
    if (late) {
      session.demand();
      return;
    }
    CompletableFuture<Answer> answer = intake.take(submission, grant);
    boolean more;
    synchronized (this) {
      open.add(answer);
      more = unanswered < window;
      held = !more;
    }
    answer.thenRun(this::drain);
    if (more) {
      session.demand();
    }
  }

  private void drain() {
    writer.drain(session);
  }

  private synchronized Optional<SocketWriter.Message> nextAnswer() {
    if (open.isEmpty() || !open.peek().isDone()) {
      return Optional.empty();
    }
    String answer = AnswerJson.of(open.remove().join());
    return Optional.of((to, callback) -> to.sendText(answer, callback));
  }

  private void answerWritten() {
    boolean more;
    boolean last;
    synchronized (this) {
      unanswered--;
      more = held;
      held = false;
      last = goodbye != null && unanswered == 0;
    }
    if (more) {
      session.demand();
    }
    if (last) {
      goodbye.say(session, reason);
    }
  }

  /** Takes no more, as the gateway stops, and says goodbye once what was taken is answered. */
  void sayGoodbye() {
    leave(Goodbye.GOING_AWAY, "the gateway is stopping; connect again");
  }

  /**
   * The same.
   *
   * @return done when the device is gone
   */
  CompletableFuture<Void> leave() {
    sayGoodbye();
    return gone;
  }

  private void leave(Goodbye why, String advice) {
    synchronized (this) {
      if (goodbye != null) {
        return;
      }
      goodbye = why;
      reason = advice;
      if (unanswered > 0) {
        return;
      }
    }
    why.say(session, advice);
  }

  @Override
  public void onWebSocketClose(int code, String reason, Callback callback) {
    message.discard();
    connected.remove(this);
    gone.complete(null);
    callback.succeed();
  }
}
