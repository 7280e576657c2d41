package io.physiowave.streaming.assemble;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.state.ValueState;

/**
 * What is remembered of each stream, at a cost that does not grow with it frame by frame.
 *
 * <p>The heap's backend holds states as objects and hands out the very object that it holds, so
 * that what is changed need not be written: not even a reference to it, for each of which the
 * garbage collector would have to look at a part of its old space. Any other backend serialises:
 * there the states of the streams seen last stay objects in a bounded cache, and reach the backend
 * when a checkpoint is about to be taken or others need the room. What the backend holds after that
 * is the same in both cases.
 *
 * <p>How many streams are remembered is counted as they come and go, and never looked up.
 */
final class StreamStates {
  private final ValueState<AssemblyState> backend;
  private final int capacity;
  private final KeyedAccess keys;
  private int count;
  private final LinkedHashMap<String, Cached> cache = new LinkedHashMap<>(16, 0.75f, true);

  /** The key on whose behalf Flink reads and writes state. */
  interface KeyedAccess {
    /** The present key. */
    String current();

    /** Changes it. */
    void change(String key);
  }

  private static final class Cached {
    private final AssemblyState state;
    private boolean changed;

    Cached(AssemblyState state) {
      this.state = state;
    }
  }

  /**
   * States in a backend.
   *
   * @param capacity most streams kept as objects; 0 for a backend that holds objects itself
   * @param keys used only with a capacity above 0
   * @param count streams that the backend holds already
   */
  StreamStates(ValueState<AssemblyState> backend, int capacity, KeyedAccess keys, int count) {
    this.backend = backend;
    this.capacity = capacity;
    this.keys = keys;
    this.count = count;
  }

  /** State of the present key, or null; may be changed and then given to {@link #put}. */
  AssemblyState get() throws IOException {
    if (capacity == 0) {
      return backend.value();
    }
    Cached cached = cache.get(keys.current());
    return cached == null ? backend.value() : cached.state;
  }

  /** Remembers the present key, of which {@link #get} knew nothing. */
  void add(AssemblyState state) throws IOException {
    count++;
    if (capacity == 0) {
      backend.update(state);
    } else {
      put(state);
    }
  }

  /** Streams remembered, of the keys that this subtask has. */
  int count() {
    return count;
  }

  /** Remembers the state of the present key, which {@link #get} gave. */
  void put(AssemblyState state) throws IOException {
    if (capacity == 0) {
      return;
    }
    cache.computeIfAbsent(keys.current(), key -> new Cached(state)).changed = true;
    if (cache.size() > capacity) {
      writeEldest();
    }
  }

  /** Forgets the present key, which was remembered. */
  void clear() {
    count--;
    if (capacity > 0) {
      cache.remove(keys.current());
    }
    backend.clear();
  }

  /** Brings the backend up to date. */
  void flush() throws IOException {
    String present = capacity == 0 ? null : keys.current();
    for (Map.Entry<String, Cached> entry : cache.entrySet()) {
      write(entry);
    }
    restore(present);
  }

  private void writeEldest() throws IOException {
    String present = keys.current();
    Iterator<Map.Entry<String, Cached>> eldest = cache.entrySet().iterator();
    write(eldest.next());
    eldest.remove();
    restore(present);
  }

  private void write(Map.Entry<String, Cached> entry) throws IOException {
    if (entry.getValue().changed) {
      keys.change(entry.getKey());
      backend.update(entry.getValue().state);
      entry.getValue().changed = false;
    }
  }

  private void restore(String present) {
    if (present != null) {
      keys.change(present);
    }
  }
}
