package io.physiowave.training.model;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** Bounds the life of native memory and of gradient recording to a piece of work. */
public final class Scopes {
  private Scopes() {}

  /**
   * Frees every tensor that the work makes once it ends; one call per training step or evaluated
   * batch keeps memory flat.
   *
   * @param work whose result must be plain Java values: a tensor made within would be freed
   */
  public static <T> T freeing(Supplier<T> work) {
    PointerScope scope = new PointerScope();
    try {
      return work.get();
    } finally {
      scope.close();
    }
  }

  /** As {@link #freeing(Supplier)}, for work without a result. */
  public static void freeing(Runnable work) {
    PointerScope scope = new PointerScope();
    try {
      work.run();
    } finally {
      scope.close();
    }
  }

  /**
   * Frees what the work makes on its way to a tensor as soon as the tensor is there; only what the
   * gradients will need lives on, held by libtorch's graph. Without it, every intermediate result
   * of a step would stay in memory until the step's scope ends.
   *
   * @param work whose result it makes itself
   * @return the result, which belongs to the scope that is open around the call
   */
  static Tensor keeping(Supplier<Tensor> work) {
    PointerScope outer = PointerScope.getInnerScope();
    PointerScope scope = new PointerScope();
    try {
      Tensor result = work.get();
      if (outer == null) {
        return result.retainReference();
      }
      outer.attach(result);
      return result;
    } finally {
      scope.close();
    }
  }

  /** Computes without recording a graph for gradients; made tensors stay the caller's. */
  public static <T> T withoutGradient(Supplier<T> work) {
    NoGradGuard guard = new NoGradGuard();
    try {
      return work.get();
    } finally {
      guard.close();
    }
  }

  /** As {@link #withoutGradient(Supplier)}, for work without a result. */
  public static void withoutGradient(Runnable work) {
    NoGradGuard guard = new NoGradGuard();
    try {
      work.run();
    } finally {
      guard.close();
    }
  }
}
