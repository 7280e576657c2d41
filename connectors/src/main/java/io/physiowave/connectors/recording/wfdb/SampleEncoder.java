package io.physiowave.connectors.recording.wfdb;

import java.io.IOException;
import java.io.OutputStream;

/** Packs samples into a signal file, in file order. */
abstract class SampleEncoder {
  final OutputStream out;

  SampleEncoder(OutputStream out) {
    this.out = out;
  }

  /** Writes one sample, which must fit the format. */
  abstract void write(int raw) throws IOException;

  /** Writes what waits for a companion. */
  void finish() throws IOException {}

  static SampleEncoder of(SignalFormat format, OutputStream out) {
    return switch (format) {
      case INT_16 -> new Words(out);
      case PACKED_12 -> new Packed12(out);
      default -> throw new IllegalArgumentException("format " + format.code() + " is not written");
    };
  }

  private static final class Words extends SampleEncoder {
    Words(OutputStream out) {
      super(out);
    }

    @Override
    void write(int raw) throws IOException {
      out.write(raw);
      out.write(raw >> 8);
    }
  }

  private static final class Packed12 extends SampleEncoder {
    private boolean waits;
    private int waiting;

    Packed12(OutputStream out) {
      super(out);
    }

    @Override
    void write(int raw) throws IOException {
      if (!waits) {
        waits = true;
        waiting = raw;
        return;
      }
      waits = false;
      out.write(waiting);
      out.write((waiting >> 8 & 0x0f) | (raw >> 4 & 0xf0));
      out.write(raw);
    }

    @Override
    void finish() throws IOException {
      if (waits) {
        waits = false;
        out.write(waiting);
        out.write(waiting >> 8 & 0x0f);
      }
    }
  }
}
