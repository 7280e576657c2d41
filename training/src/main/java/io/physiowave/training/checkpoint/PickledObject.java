package io.physiowave.training.checkpoint;

import java.util.List;
import java.util.Map;

/** An object of a class that this reader has no value for: what it was made from, and no more. */
final class PickledObject {
  private final GlobalName type;
  private final List<?> arguments;
  private Object state;

  PickledObject(GlobalName type, List<?> arguments) {
    this.type = type;
    this.arguments = arguments;
  }

  GlobalName type() {
    return type;
  }

  List<?> arguments() {
    return arguments;
  }

  Object state() {
    return state;
  }

  void build(Object newState) {
    state = newState;
  }

  /** The attributes of an object such as argparse.Namespace; empty for others. */
  Map<?, ?> attributes() {
    return state instanceof Map<?, ?> attributes ? attributes : Map.of();
  }

  @Override
  public String toString() {
    return "object of " + type;
  }
}
