package io.physiowave.core.quality;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Figures of one channel by blocks of samples, of the latest blocks only: a ring, kept small since
 * every channel of every stream has one.
 *
 * <p>A block is named by its number, which counts blocks of equal length from the session's sample
 * 0. What is known of it lies in a slot.
 */
final class QualityBlocks {
  static final int COUNT = 0;
  static final int NON_FINITE = 1;
  static final int LOST = 2;
  static final int LEAD_OFF = 3;
  static final int SATURATED = 4;
  private static final int COUNTS = 5;

  static final int MINIMUM = 0;
  static final int MAXIMUM = 1;
  static final int TRAVEL = 2;
  private static final int EXTENTS = 3;

  /** A block is saved as its kind, the counts unless the kind tells them, and the extents. */
  private static final byte COMPLETE = 0;

  private static final byte COUNTED = 1;
  private static final byte MISSING = 2;

  private static final int EXTENT_BYTES = EXTENTS * Float.BYTES;
  private static final int LARGEST_BYTES = 1 + COUNTS * Character.BYTES + EXTENT_BYTES;
  private static final int SECOND_FORM_BYTES = Long.BYTES + COUNTS * Integer.BYTES + EXTENT_BYTES;

  private final int samples;
  private final int length;

  /**
   * Slot by slot the fields from {@link #COUNT} on: a block lies in one place of the memory. A
   * block holds a few thousand samples at most; larger counts stop at the largest char.
   */
  private final char[] counts;

  /** Slot by slot the fields from {@link #MINIMUM} on. */
  private final float[] extents;

  /** Number of the newest block, -1 for none; the {@link #length} up to it have their slots. */
  private long newest = -1;

  /**
   * A ring.
   *
   * @param samples samples in a block
   * @param length most blocks kept
   */
  QualityBlocks(int samples, int length) {
    this.samples = samples;
    this.length = length;
    counts = new char[length * COUNTS];
    extents = new float[length * EXTENTS];
  }

  private QualityBlocks(QualityBlocks other) {
    samples = other.samples;
    length = other.length;
    counts = other.counts.clone();
    extents = other.extents.clone();
    newest = other.newest;
  }

  /** A ring with the same blocks. */
  QualityBlocks copy() {
    return new QualityBlocks(this);
  }

  /** Slot of a block that may be new; one that is older than the ring must not be asked for. */
  int slot(long number) {
    int slot = (int) (number % length);
    if (number > newest) {
      long skipped = Math.max(newest + 1, number - length + 1);
      for (long empty = skipped; empty < number; empty++) {
        clear((int) (empty % length));
      }
      clear(slot);
      newest = number;
    }
    return slot;
  }

  private void clear(int slot) {
    Arrays.fill(counts, slot * COUNTS, (slot + 1) * COUNTS, (char) 0);
    extents[slot * EXTENTS + MINIMUM] = Float.POSITIVE_INFINITY;
    extents[slot * EXTENTS + MAXIMUM] = Float.NEGATIVE_INFINITY;
    extents[slot * EXTENTS + TRAVEL] = 0;
  }

  /** The oldest block that the ring may hold, at least the given one. */
  long oldest(long atLeast) {
    return Math.max(Math.max(0, atLeast), newest - length + 1);
  }

  /** The newest block that the ring holds, at most the given one; -1 for none. */
  long newest(long atMost) {
    return Math.min(newest, atMost);
  }

  /** Slot of a block between {@link #oldest} and {@link #newest}; its count may be 0. */
  int slotOfKnown(long number) {
    return (int) (number % length);
  }

  /** The slot of the next block. */
  int after(int slot) {
    return slot + 1 == length ? 0 : slot + 1;
  }

  int count(int slot, int field) {
    return counts[slot * COUNTS + field];
  }

  void add(int slot, int field, int more) {
    int at = slot * COUNTS + field;
    counts[at] = (char) Math.min(Character.MAX_VALUE, counts[at] + more);
  }

  float extent(int slot, int field) {
    return extents[slot * EXTENTS + field];
  }

  void setExtents(int slot, float minimum, float maximum, float travel) {
    int at = slot * EXTENTS;
    extents[at + MINIMUM] = minimum;
    extents[at + MAXIMUM] = maximum;
    extents[at + TRAVEL] = travel;
  }

  void clear() {
    newest = -1;
  }

  /** Saves the blocks from the given one on. */
  void writeTo(DataOutput out, long from) throws IOException {
    long oldest = Math.min(oldest(from), newest + 1);
    int blocks = (int) (newest + 1 - oldest);
    ByteBuffer bytes = ByteBuffer.allocate(blocks * LARGEST_BYTES);
    for (long number = oldest; number <= newest; number++) {
      save(slotOfKnown(number), bytes);
    }
    out.writeLong(newest);
    out.writeInt(blocks);
    out.writeInt(bytes.position());
    out.write(bytes.array(), 0, bytes.position());
  }

  private void save(int slot, ByteBuffer bytes) {
    if (count(slot, COUNT) == 0) {
      bytes.put(MISSING);
      return;
    }
    boolean complete = count(slot, COUNT) == samples;
    for (int field = COUNT + 1; field < COUNTS; field++) {
      complete &= count(slot, field) == 0;
    }
    bytes.put(complete ? COMPLETE : COUNTED);
    for (int field = COUNT; field < COUNTS && !complete; field++) {
      bytes.putChar(counts[slot * COUNTS + field]);
    }
    for (int field = MINIMUM; field < EXTENTS; field++) {
      bytes.putFloat(extent(slot, field));
    }
  }

  /** Restores what {@link #writeTo} saved; of a longer ring, the newest blocks. */
  void restore(DataInput in) throws IOException {
    clear();
    long last = in.readLong();
    int blocks = in.readInt();
    byte[] saved = new byte[in.readInt()];
    in.readFully(saved);
    ByteBuffer bytes = ByteBuffer.wrap(saved);
    for (long number = last - blocks + 1; number <= last; number++) {
      restore(slot(number), bytes);
    }
  }

  private void restore(int slot, ByteBuffer bytes) throws IOException {
    byte kind = bytes.get();
    if (kind == MISSING) {
      return;
    }
    if (kind != COMPLETE && kind != COUNTED) {
      throw new IOException("a saved block has kind " + kind + "; expected 0 to 2");
    }
    counts[slot * COUNTS + COUNT] = (char) samples;
    for (int field = COUNT; field < COUNTS && kind == COUNTED; field++) {
      counts[slot * COUNTS + field] = bytes.getChar();
    }
    restoreExtents(slot, bytes);
  }

  private void restoreExtents(int slot, ByteBuffer bytes) {
    for (int field = MINIMUM; field < EXTENTS; field++) {
      extents[slot * EXTENTS + field] = bytes.getFloat();
    }
  }

  /** Restores what releases saved whose blocks had their numbers with them, in any order. */
  void restoreSecondForm(DataInput in) throws IOException {
    clear();
    byte[] saved = new byte[Math.multiplyExact(in.readInt(), SECOND_FORM_BYTES)];
    in.readFully(saved);
    ByteBuffer bytes = ByteBuffer.wrap(saved);
    for (int at = 0; at < saved.length; at += SECOND_FORM_BYTES) {
      slot(Math.max(newest, bytes.getLong(at)));
    }
    while (bytes.hasRemaining()) {
      long number = bytes.getLong();
      if (number < oldest(0)) {
        // Of a release with a longer ring, and no longer needed.
        bytes.position(bytes.position() + SECOND_FORM_BYTES - Long.BYTES);
        continue;
      }
      int slot = slotOfKnown(number);
      for (int field = COUNT; field < COUNTS; field++) {
        counts[slot * COUNTS + field] = (char) Math.min(Character.MAX_VALUE, bytes.getInt());
      }
      restoreExtents(slot, bytes);
    }
  }
}
