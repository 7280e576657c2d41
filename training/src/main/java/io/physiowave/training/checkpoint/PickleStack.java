package io.physiowave.training.checkpoint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The values under construction, the marks among them, and the values kept for later reference. */
final class PickleStack {
  private static final Object MARK = new Object();

  private final List<Object> values = new ArrayList<>();
  private final Map<Integer, Object> memo = new HashMap<>();

  void push(Object value) {
    values.add(value);
  }

  void mark() {
    values.add(MARK);
  }

  Object pop() {
    if (values.isEmpty() || top() == MARK) {
      throw new PickleException("an operation lacks a value");
    }
    return values.remove(values.size() - 1);
  }

  /** Everything above the last mark, which goes too. */
  List<Object> popToMark() {
    int mark = values.lastIndexOf(MARK);
    if (mark < 0) {
      throw new PickleException("an operation lacks its mark");
    }
    List<Object> above = values.subList(mark + 1, values.size());
    List<Object> taken = new ArrayList<>(above);
    above.clear();
    values.remove(mark);
    return taken;
  }

  /** Drops a value or a mark. */
  void drop() {
    if (values.isEmpty()) {
      throw new PickleException("an operation lacks a value");
    }
    values.remove(values.size() - 1);
  }

  Object top() {
    if (values.isEmpty()) {
      throw new PickleException("an operation lacks a value");
    }
    return values.get(values.size() - 1);
  }

  /** The value on top, which must be of a type. */
  <T> T top(Class<T> type) {
    Object value = top();
    if (!type.isInstance(value)) {
      throw new PickleException(
          "an operation met " + PickleException.describe(value) + " instead of a container");
    }
    return type.cast(value);
  }

  void store(int index) {
    memo.put(index, top());
  }

  /** Stores under the next free number. */
  void storeNext() {
    store(memo.size());
  }

  void recall(int index) {
    if (!memo.containsKey(index)) {
      throw new PickleException("value " + index + " is used before it is kept");
    }
    push(memo.get(index));
  }
}
