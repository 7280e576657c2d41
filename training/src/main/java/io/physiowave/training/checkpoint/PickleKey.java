package io.physiowave.training.checkpoint;

/** Turns what a pickle uses as a dictionary key into one that is safe to hash. */
final class PickleKey {
  private PickleKey() {}

  /** Scalars stay themselves; a composite key, which may hold itself, becomes unique. */
  static Object of(Object key) {
    boolean scalar =
        key == null
            || key instanceof String
            || key instanceof Number
            || key instanceof Boolean
            || key instanceof GlobalName;
    return scalar ? key : new Composite();
  }

  private static final class Composite {
    @Override
    public String toString() {
      return "(composite key)";
    }
  }
}
