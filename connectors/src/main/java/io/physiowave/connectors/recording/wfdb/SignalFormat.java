package io.physiowave.connectors.recording.wfdb;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a WFDB signal file packs its samples; see signal(5) of the WFDB manual. */
public enum SignalFormat {
  /** No samples at all: a signal that a record names and does not have. */
  NONE(0, 16, true),
  /** First differences, 8 bits. */
  DIFFERENCE_8(8, 8, false),
  /** 16-bit two's complement, little endian. */
  INT_16(16, 16, true),
  /** 24-bit two's complement, little endian. */
  INT_24(24, 24, true),
  /** 32-bit two's complement, little endian. */
  INT_32(32, 32, true),
  /** 16-bit two's complement, big endian. */
  INT_16_BIG_ENDIAN(61, 16, true),
  /** 8-bit offset binary. */
  OFFSET_8(80, 8, true),
  /** 16-bit offset binary, little endian. */
  OFFSET_16(160, 16, true),
  /** Two 12-bit samples in three bytes. */
  PACKED_12(212, 12, true),
  /** Three 10-bit samples in four bytes, the third one split over both words. */
  PACKED_10_SPLIT(310, 10, true),
  /** Three 10-bit samples in four bytes, one after the other. */
  PACKED_10(311, 10, true);

  private final int code;
  private final int bits;
  private final boolean marksInvalid;

  SignalFormat(int code, int bits, boolean marksInvalid) {
    this.code = code;
    this.bits = bits;
    this.marksInvalid = marksInvalid;
  }

  /** The number that stands for this format in a header. */
  public int code() {
    return code;
  }

  /** Bits of one sample. */
  public int bits() {
    return bits;
  }

  /** Smallest valid sample; the one below it, if any, marks an invalid sample. */
  public long minimum() {
    return -(1L << (bits - 1)) + (marksInvalid ? 1 : 0);
  }

  /** Largest sample. */
  public long maximum() {
    return (1L << (bits - 1)) - 1;
  }

  /** Whether a raw value stands for "no valid sample here". */
  public boolean isInvalid(long raw) {
    return marksInvalid && raw == minimum() - 1;
  }

  /** The raw value that stands for "no valid sample here"; empty where the format has none. */
  public Optional<Long> invalidValue() {
    return marksInvalid ? Optional.of(minimum() - 1) : Optional.empty();
  }

  /** Bytes that a run of samples takes. */
  public long bytes(long samples) {
    return switch (this) {
      case NONE -> 0;
      case DIFFERENCE_8, OFFSET_8 -> samples;
      case INT_16, INT_16_BIG_ENDIAN, OFFSET_16 -> 2 * samples;
      case INT_24 -> 3 * samples;
      case INT_32 -> 4 * samples;
      case PACKED_12 -> samples / 2 * 3 + samples % 2 * 2;
      case PACKED_10_SPLIT -> samples / 3 * 4 + samples % 3 * 2;
      case PACKED_10 -> samples / 3 * 4 + (samples % 3 == 0 ? 0 : samples % 3 + 1);
    };
  }

  /** The format with a code; empty when there is none. */
  public static Optional<SignalFormat> ofCode(int code) {
    return Arrays.stream(values()).filter(format -> format.code == code).findFirst();
  }

  /** The known codes for an error message: {@code 8, 16, 24, ...}. */
  public static String knownCodes() {
    return Arrays.stream(values())
        .filter(format -> format != NONE)
        .map(format -> String.valueOf(format.code))
        .collect(Collectors.joining(", "));
  }
}
