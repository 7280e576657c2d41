package io.physiowave.core.frame;

/** Kind of physiological signal a stream carries. */
public enum Modality {
  ECG,
  EMG,
  EEG
}
