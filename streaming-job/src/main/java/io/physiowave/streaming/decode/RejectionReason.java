package io.physiowave.streaming.decode;

import java.util.Locale;

/** Why a record of the frames topic cannot be used. */
public enum RejectionReason {
  /** The value is longer than the job accepts. */
  OVERSIZED,
  /** The value is no frame, or a field breaks the contract. */
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
  /** The samples were given up, or their session had ended, before the frame came. */
  LATE,
  /** Every sample of the frame came before; handed back only when the job is told to. */
  DUPLICATE,
  /** The stream sends so much more than it samples that other streams would wait for it. */
  FLOOD;

  /** As it stands in record headers and metric names, e.g. {@code wrong-key}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
