package io.physiowave.streaming.assemble;

import java.io.IOException;
import org.apache.flink.api.common.state.ValueState;

/**
 * A state whose backend holds objects, for one who keeps objects, too, and goes on changing them:
 * what is handed over or back is a copy. Flink's heap copies what is asked of it while a snapshot
 * is being written; of what was asked before, it knows nothing, and would write it half changed.
 */
final class CopiedState implements ValueState<AssemblyState> {
  private final ValueState<AssemblyState> backend;

  CopiedState(ValueState<AssemblyState> backend) {
    this.backend = backend;
  }

  @Override
  public AssemblyState value() throws IOException {
    AssemblyState held = backend.value();
    return held == null ? null : held.copy();
  }

  @Override
  public void update(AssemblyState state) throws IOException {
    backend.update(state.copy());
  }

  @Override
  public void clear() {
    backend.clear();
  }
}
