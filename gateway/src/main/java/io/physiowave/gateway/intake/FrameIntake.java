package io.physiowave.gateway.intake;

import io.physiowave.core.frame.FrameAdmission;
import io.physiowave.core.frame.RefusedFrameException;
import io.physiowave.core.frame.RejectionReason;
import io.physiowave.core.frame.SignalFrame;
import io.physiowave.gateway.access.Grant;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes frames from every door: refuses what the job would refuse, in the same words, and answers
 * for the others when Kafka has them. May be shared by several threads; never blocks for long.
 */
public final class FrameIntake {
  private static final Logger LOG = LoggerFactory.getLogger(FrameIntake.class);

  private final KafkaDelivery delivery;
  private final GatewayCounters counters;
  private final GatewayClock clock;

  /** An intake by the system's clock. */
  public FrameIntake(KafkaDelivery delivery, GatewayCounters counters) {
    this(delivery, counters, Clock.systemUTC());
  }

  FrameIntake(KafkaDelivery delivery, GatewayCounters counters, Clock clock) {
    this.delivery = delivery;
    this.counters = counters;
    this.clock = new GatewayClock(clock);
  }

  /**
   * Takes a frame.
   *
   * @param grant for which streams its sender may send
   * @return what became of it, at the latest after the delivery's patience; never fails
   */
  public CompletableFuture<Answer> take(Submission submission, Grant grant) {
    long taken = System.nanoTime();
    return answer(submission, grant)
        .whenComplete((result, impossible) -> counters.count(result, System.nanoTime() - taken));
  }

  private CompletableFuture<Answer> answer(Submission submission, Grant grant) {
    if (submission.problem() != null) {
      return refused(RejectionReason.INVALID.code(), submission.problem(), Optional.empty());
    }
    SignalFrame frame;
    try {
      frame = FrameAdmission.DEFAULT.admit(submission.protobuf());
    } catch (RefusedFrameException e) {
      return refused(e.reason().code(), e.getMessage(), Optional.empty());
    }
    FrameName name = FrameName.of(frame);
    if (!grant.allows(frame.streamId())) {
      return refused(
          Refusal.FORBIDDEN,
          "stream_id is '" + frame.streamId() + "'; expected one that this token may send for",
          Optional.of(name));
    }
    return delivery
        .send(frame, clock.stamp(frame, submission.protobuf()))
        .handle((done, failure) -> answer(name, failure));
  }

  private static CompletableFuture<Answer> refused(
      String code, String reason, Optional<FrameName> frame) {
    LOG.debug("a frame is refused as {}: {}", code, reason);
    return CompletableFuture.completedFuture(new Answer.Refused(code, reason, frame));
  }

  private static Answer answer(FrameName name, Throwable failure) {
    if (failure == null) {
      return new Answer.Accepted(name);
    }
    if (failure instanceof RecordTooLargeException) {
      return new Answer.Refused(
          RejectionReason.OVERSIZED.code(),
          "the brokers take no record of that size: " + failure.getMessage(),
          Optional.of(name));
    }
    return new Answer.Undelivered(
        "Kafka has not confirmed the frame, send it again: " + failure.getMessage(), name);
  }
}
