package io.physiowave.gateway.intake;

import io.physiowave.core.frame.SignalFrame;

/**
 * Which frame of a device is meant.
 *
 * @param stream the stream's id
 * @param session the session's id
 * @param firstSampleIndex index of the frame's first sample within the session
 */
public record FrameName(String stream, String session, long firstSampleIndex) {
  /** The name of a frame. */
  public static FrameName of(SignalFrame frame) {
    return new FrameName(frame.streamId(), frame.sessionId(), frame.firstSampleIndex());
  }
}
