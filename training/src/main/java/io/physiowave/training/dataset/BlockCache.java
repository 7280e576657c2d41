package io.physiowave.training.dataset;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Decoded blocks of samples, those used last, of all files that are read together; so memory does
 * not grow with the number or size of the files. Safe for several threads.
 */
final class BlockCache {
  private static final long MOST_BYTES = 512L << 20;
  private static final int SHARE_OF_HEAP = 8;

  private final long budget;
  private final long largestBlock;
  private final Map<Key, float[]> blocks = new LinkedHashMap<>(16, 0.75f, true);
  private long held;

  /** A block of a file. */
  private record Key(Object file, int block) {}

  /**
   * A cache of so many bytes; the block that was read last is kept whatever its size.
   *
   * @param budget bytes
   */
  BlockCache(long budget) {
    this(budget, budget);
  }

  private BlockCache(long budget, long largestBlock) {
    this.budget = budget;
    this.largestBlock = largestBlock;
  }

  /** A cache of an eighth of the heap, and 512 MiB at most. */
  static BlockCache ofHeap() {
    long share = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
    return new BlockCache(Math.min(MOST_BYTES, share), Math.min(Integer.MAX_VALUE, share));
  }

  /** Bytes that one block may take, so that it can be decoded and kept; 2 GiB at most. */
  long largestBlock() {
    return largestBlock;
  }

  /** A block, or null when it is not held. */
  synchronized float[] get(Object file, int block) {
    return blocks.get(new Key(file, block));
  }

  /** Keeps a block and lets go of those that were not used for longest. */
  synchronized void put(Object file, int block, float[] values) {
    if (blocks.put(new Key(file, block), values) == null) {
      held += bytes(values);
    }
    Iterator<float[]> eldest = blocks.values().iterator();
    while (held > budget && blocks.size() > 1) {
      held -= bytes(eldest.next());
      eldest.remove();
    }
  }

  /** Lets go of a file's blocks. */
  synchronized void forget(Object file) {
    Iterator<Map.Entry<Key, float[]>> entries = blocks.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<Key, float[]> entry = entries.next();
      if (entry.getKey().file() == file) {
        held -= bytes(entry.getValue());
        entries.remove();
      }
    }
  }

  /** Bytes that are held. */
  synchronized long bytes() {
    return held;
  }

  private static long bytes(float[] values) {
    return (long) values.length * Float.BYTES;
  }
}
