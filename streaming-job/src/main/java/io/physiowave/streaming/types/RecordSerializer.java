package io.physiowave.streaming.types;

/**
 * Serialiser of an immutable record: what is handed on is never written to, so that neither copies
 * nor reused instances are needed.
 */
public abstract class RecordSerializer<T> extends FreshSerializer<T> {
  private static final long serialVersionUID = 1L;

  @Override
  public final boolean isImmutableType() {
    return true;
  }

  /** None: a record has no empty form. */
  @Override
  public final T createInstance() {
    return null;
  }

  @Override
  public final T copy(T from) {
    return from;
  }

  @Override
  public final T copy(T from, T reuse) {
    return from;
  }
}
