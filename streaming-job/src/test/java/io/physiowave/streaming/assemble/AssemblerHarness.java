package io.physiowave.streaming.assemble;

import io.physiowave.core.card.Decision;
import io.physiowave.core.window.SignalWindow;
import io.physiowave.streaming.decode.ArrivedFrame;
import io.physiowave.streaming.decode.RejectedFrame;
import io.physiowave.streaming.model.ModelCatalogue;
import io.physiowave.streaming.options.AssembleOptions;
import io.physiowave.streaming.testing.TestModels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** The assembler in Flink's own harness, which can be replaced by one restored from a snapshot. */
final class AssemblerHarness {
  static final AssembleOptions OPTIONS =
      new AssembleOptions(
          Duration.ofMillis(100), 32, Duration.ofSeconds(10), Duration.ofMinutes(1));

  private final ModelCatalogue models;
  private final List<SignalWindow> windows = new ArrayList<>();
  private final List<RejectedFrame> rejected = new ArrayList<>();
  private KeyedOneInputStreamOperatorTestHarness<String, ArrivedFrame, SignalWindow> harness;
  private long now;

  AssemblerHarness(Path directory) throws Exception {
    models = TestModels.catalogue(directory, TestModels.emg(Decision.ARG_MAX), TestModels.ecg());
    open(null);
  }

  private void open(OperatorSubtaskState snapshot) throws Exception {
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new WindowAssembler(models, OPTIONS)),
            ArrivedFrame::streamId,
            Types.STRING);
    harness.setup(SignalWindowSerializer.TYPE.createSerializer(new SerializerConfigImpl()));
    if (snapshot != null) {
      harness.initializeState(snapshot);
    }
    harness.open();
    harness.setProcessingTime(now);
  }

  void accept(ArrivedFrame frame) throws Exception {
    harness.processElement(frame, 0);
  }

  /** Sets the job's clock, milliseconds. */
  void advanceTo(long millis) throws Exception {
    now = millis;
    harness.setProcessingTime(millis);
  }

  /** Snapshots, throws the operator away and goes on with another one. */
  void restart() throws Exception {
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    collect();
    harness.close();
    open(snapshot);
  }

  /** Bytes of a snapshot: what the job holds. */
  long stateBytes() throws Exception {
    return harness.snapshot(2, 2).getStateSize();
  }

  int timers() {
    return harness.numProcessingTimeTimers();
  }

  int stateEntries() {
    return harness.numKeyedStateEntries();
  }

  private void collect() {
    windows.addAll(harness.extractOutputValues());
    var side = harness.getSideOutput(RejectedFrame.TAG);
    if (side != null) {
      side.stream().map(StreamRecord::getValue).forEach(rejected::add);
    }
    harness.getOutput().clear();
    if (side != null) {
      side.clear();
    }
  }

  /** Every window so far. */
  List<SignalWindow> windows() {
    collect();
    return windows;
  }

  /** Every rejected frame so far. */
  List<RejectedFrame> rejected() {
    collect();
    return rejected;
  }

  ModelCatalogue models() {
    return models;
  }

  void close() throws Exception {
    harness.close();
  }
}
