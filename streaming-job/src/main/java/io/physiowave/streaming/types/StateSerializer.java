package io.physiowave.streaming.types;

/**
 * Serialiser of what an operator remembers of a stream: changed in place, and copied where Flink's
 * heap goes on with it after a checkpoint. Nothing is reused.
 */
public abstract class StateSerializer<T> extends FreshSerializer<T> {
  private static final long serialVersionUID = 1L;

  @Override
  public final boolean isImmutableType() {
    return false;
  }

  @Override
  public final T copy(T from, T reuse) {
    return copy(from);
  }
}
