package io.physiowave.core.frame;

import java.util.Locale;

/** Why a frame cannot be used: by a gateway before it is sent, or by the job. */
public enum RejectionReason {
  /** The frame is longer than is accepted. */
  OVERSIZED,
  /** The bytes are no frame, or a field breaks the contract. */
  INVALID,
  /** The record's key is not the frame's stream id, so that the stream's order is not kept. */
  WRONG_KEY,
  /** No model serves the frame's modality. */
  NO_MODEL,
  /** Channels, unit or rate cannot feed the model. */
  MODEL_MISMATCH,
  /** Channels, unit, rate or modality changed within a session. */
  LAYOUT_CHANGED,
  /** The samples lie so far back that the device must have restarted its count. */
  FAR_BEHIND,
  /** The samples lie so far ahead that they were waited for, and the session did not follow. */
  FAR_AHEAD,
  /** The samples were given up, or their session had ended, before the frame came. */
  LATE,
  /** Every sample of the frame came before; handed back only when the job is told to. */
  DUPLICATE,
  /** The stream sends so much more than it samples that other streams would wait for it. */
  FLOOD,
  /** The stream is not known, and as many as the job may remember are. */
  TOO_MANY_STREAMS,
  /** The record of the calibration topic is no calibration of its stream. */
  INVALID_CALIBRATION;

  /** As it stands in record headers and metric names, e.g. {@code wrong-key}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
