package io.physiowave.gateway.intake;

import java.util.Objects;
import java.util.Optional;

/** What became of a frame. */
public sealed interface Answer {
  /** The frame; empty where it could not be read so far. */
  Optional<FrameName> frame();

  /**
   * Kafka has it, on all replicas in sync.
   *
   * @param name which
   */
  record Accepted(FrameName name) implements Answer {
    @Override
    public Optional<FrameName> frame() {
      return Optional.of(name);
    }
  }

  /**
   * It will never be taken as it is, so sending it again is of no use.
   *
   * @param code why, for machines: a code of {@link io.physiowave.core.frame.RejectionReason}, or
   *     {@value Refusal#FORBIDDEN}
   * @param reason why, for people: the field, its value and what is right
   */
  record Refused(String code, String reason, Optional<FrameName> frame) implements Answer {
    public Refused {
      Objects.requireNonNull(code, "code");
      Objects.requireNonNull(reason, "reason");
    }
  }

  /**
   * Kafka has not confirmed it, so it may be there or not. It is to be sent again; the job drops
   * what came before.
   *
   * @param reason for people
   */
  record Undelivered(String reason, FrameName name) implements Answer {
    @Override
    public Optional<FrameName> frame() {
      return Optional.of(name);
    }
  }
}
