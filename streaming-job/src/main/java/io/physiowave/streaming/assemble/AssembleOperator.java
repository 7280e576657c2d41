package io.physiowave.streaming.assemble;

import io.physiowave.streaming.model.AssignedWindow;
import io.physiowave.streaming.model.ModelAssignment;
import io.physiowave.streaming.types.TopicRecord;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateBackendLoader;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;

/**
 * Runs a {@link WindowAssembler}, tells it how many streams the restored state holds, and, where
 * Flink's state backend serialises what it is given, spares it the state of a whole stream for each
 * frame: see {@link StreamStates}.
 *
 * <pre>{@code
 * records
 *     .keyBy(TopicRecord::keyText, Types.STRING)
 *     .connect(models.broadcast())
 *     .transform("assemble", AssignedWindow.TYPE, new AssembleOperator(assembler));
 * }</pre>
 */
public final class AssembleOperator
    extends CoBroadcastWithKeyedOperator<String, TopicRecord, ModelAssignment, AssignedWindow> {
  private static final long serialVersionUID = 1L;

  private final WindowAssembler assembler;

  public AssembleOperator(WindowAssembler assembler) {
    super(assembler, List.of(WindowAssembler.CHANGED_MODELS, WindowAssembler.CANDIDATES));
    this.assembler = assembler;
  }

  @Override
  public void open() throws Exception {
    super.open();
    KeyedStateBackend<?> backend = getKeyedStateBackend();
    // One that writes down each change around the heap's bears the heap's name.
    boolean isObjects =
        StateBackendLoader.HASHMAP_STATE_BACKEND_NAME.equals(backend.getBackendTypeIdentifier());
    if (backend instanceof HeapKeyedStateBackend) {
      assembler.remember(streams());
    } else if (isObjects) {
      assembler.rememberApart(streams(), new Keys());
    } else {
      assembler.remember(streams(), new Keys());
    }
  }

  /** Counts the streams of this subtask's key groups, once for each start. */
  private int streams() {
    try (Stream<String> keys =
        this.<String>getKeyedStateBackend()
            .getKeys(WindowAssembler.STREAMS, VoidNamespace.INSTANCE)) {
      return (int) keys.count();
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    assembler.flush();
    super.prepareSnapshotPreBarrier(checkpointId);
  }

  private final class Keys implements StreamStates.KeyedAccess {
    @Override
    public String current() {
      return (String) getCurrentKey();
    }

    @Override
    public void change(String key) {
      setCurrentKey(key);
    }
  }
}
