package io.physiowave.streaming.assemble;

import io.physiowave.core.card.Decision;
import io.physiowave.core.window.SignalWindow;
import io.physiowave.streaming.decode.ArrivedFrame;
import io.physiowave.streaming.decode.RejectedFrame;
import io.physiowave.streaming.model.AssignedWindow;
import io.physiowave.streaming.model.ModelAssignment;
import io.physiowave.streaming.model.ModelCatalogue;
import io.physiowave.streaming.model.ModelFailure;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.options.AssembleOptions;
import io.physiowave.streaming.options.DecodeOptions;
import io.physiowave.streaming.options.DeviceChoice;
import io.physiowave.streaming.options.GraphOptimisation;
import io.physiowave.streaming.options.InferenceOptions;
import io.physiowave.streaming.testing.TestModels;
import io.physiowave.streaming.types.TopicRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateChangelogOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.SavepointType;
import org.apache.flink.runtime.state.CheckpointStorageLocationReference;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.StateBackendLoader;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.runtime.state.memory.MemCheckpointStreamFactory;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFinalizer;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFutures;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.slf4j.LoggerFactory;

/** The assembler in Flink's own harness, which can be replaced by one restored from a snapshot. */
final class AssemblerHarness {
  static final AssembleOptions OPTIONS =
      new AssembleOptions(
          Duration.ofMillis(100),
          32,
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          false,
          0,
          Duration.ofMinutes(1),
          3,
          100);

  /** How far the state can be spread. */
  private static final int KEY_GROUPS = 8;

  private static final DecodeOptions DECODING = new DecodeOptions(10_000_000);

  static final InferenceOptions INFERENCE =
      new InferenceOptions(4, Duration.ofMillis(1), DeviceChoice.CPU, 1, GraphOptimisation.ALL);

  private final ModelCatalogue models;
  private final AssembleOptions options;
  private final StateBackend backend;
  private final InferenceOptions inference;
  private final List<AssignedWindow> assigned = new ArrayList<>();
  private final List<RejectedFrame> rejected = new ArrayList<>();
  private KeyedBroadcastOperatorTestHarness<String, TopicRecord, ModelAssignment, AssignedWindow>
      harness;
  private AssembleOperator operator;
  private WindowAssembler assembler;
  private long now;

  AssemblerHarness(Path directory) throws Exception {
    this(
        TestModels.catalogue(directory, TestModels.emg(Decision.ARG_MAX), TestModels.ecg()),
        OPTIONS,
        new HashMapStateBackend());
  }

  private AssemblerHarness(ModelCatalogue models, AssembleOptions options, StateBackend backend)
      throws Exception {
    this(models, options, backend, INFERENCE);
  }

  private AssemblerHarness(
      ModelCatalogue models,
      AssembleOptions options,
      StateBackend backend,
      InferenceOptions inference)
      throws Exception {
    this(models, options, backend, inference, 0);
    open(null);
  }

  /** One that is not open yet. */
  private AssemblerHarness(
      ModelCatalogue models,
      AssembleOptions options,
      StateBackend backend,
      InferenceOptions inference,
      long now) {
    this.models = models;
    this.options = options;
    this.backend = backend;
    this.inference = inference;
    this.now = now;
  }

  /** Another one that waits for models on trial for as long as told. */
  AssemblerHarness waitingForTrials(Duration limit) throws Exception {
    return new AssemblerHarness(
        models,
        options,
        backend,
        new InferenceOptions(
            INFERENCE.maximumBatch(),
            INFERENCE.maximumWait(),
            INFERENCE.device(),
            INFERENCE.threads(),
            INFERENCE.optimisation(),
            limit,
            INFERENCE.gpu(),
            INFERENCE.modelStore()));
  }

  /** Another one whose state lies in RocksDB. */
  AssemblerHarness onRocksDb() throws Exception {
    return new AssemblerHarness(models, options, new EmbeddedRocksDBStateBackend());
  }

  /** Another one whose changes of state are written down around the heap's backend. */
  AssemblerHarness onChangelog() throws Exception {
    Configuration settings = new Configuration();
    settings.set(StateBackendOptions.STATE_BACKEND, "hashmap");
    settings.set(StateChangelogOptions.ENABLE_STATE_CHANGE_LOG, true);
    return new AssemblerHarness(
        models,
        options,
        StateBackendLoader.fromApplicationOrConfigOrDefault(
            null,
            settings,
            new Configuration(),
            AssemblerHarness.class.getClassLoader(),
            LoggerFactory.getLogger(AssemblerHarness.class)));
  }

  /** Another one that refuses what comes faster than a device samples. */
  AssemblerHarness refusingFloods(double rate, Duration burst) throws Exception {
    return new AssemblerHarness(
        models,
        new AssembleOptions(
            options.reorderWait(),
            options.reorderFrames(),
            options.maximumLateness(),
            options.idleTimeout(),
            options.rejectDuplicates(),
            rate,
            burst,
            options.cachedStreams(),
            options.maximumStreams()),
        backend);
  }

  /** Another one that hands duplicates back. */
  AssemblerHarness rejectingDuplicates() throws Exception {
    return new AssemblerHarness(
        models,
        new AssembleOptions(
            options.reorderWait(),
            options.reorderFrames(),
            options.maximumLateness(),
            options.idleTimeout(),
            true,
            options.floodRate(),
            options.floodBurst(),
            options.cachedStreams(),
            options.maximumStreams()),
        backend);
  }

  /** Another one in which more frames may wait. */
  AssemblerHarness holding(int frames) throws Exception {
    return new AssemblerHarness(
        models,
        new AssembleOptions(
            options.reorderWait(),
            frames,
            options.maximumLateness(),
            options.idleTimeout(),
            options.rejectDuplicates(),
            options.floodRate(),
            options.floodBurst(),
            options.cachedStreams(),
            options.maximumStreams()),
        backend);
  }

  /** Another one that remembers no more streams than told. */
  AssemblerHarness remembering(int streams) throws Exception {
    return new AssemblerHarness(
        models,
        new AssembleOptions(
            options.reorderWait(),
            options.reorderFrames(),
            options.maximumLateness(),
            options.idleTimeout(),
            options.rejectDuplicates(),
            options.floodRate(),
            options.floodBurst(),
            options.cachedStreams(),
            streams),
        backend);
  }

  /**
   * Goes on as one of several that have the streams of this one between them; this one ends.
   *
   * @return in the order of the subtasks
   */
  List<AssemblerHarness> scaledTo(int parallelism) throws Exception {
    OperatorSubtaskState snapshot = snapshot(1);
    harness.close();
    List<AssemblerHarness> subtasks = new ArrayList<>();
    for (int subtask = 0; subtask < parallelism; subtask++) {
      AssemblerHarness one = new AssemblerHarness(models, options, backend, inference, now);
      one.open(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              snapshot, KEY_GROUPS, 1, parallelism, subtask),
          parallelism,
          subtask);
      subtasks.add(one);
    }
    return subtasks;
  }

  private void open(OperatorSubtaskState snapshot) throws Exception {
    open(snapshot, 1, 0);
  }

  private void open(OperatorSubtaskState snapshot, int parallelism, int subtask) throws Exception {
    assembler = new WindowAssembler(models, DECODING, options, inference);
    operator = new AssembleOperator(assembler);
    harness =
        new KeyedBroadcastOperatorTestHarness<>(
            operator, TopicRecord::keyText, Types.STRING, KEY_GROUPS, parallelism, subtask);
    harness.setStateBackend(backend);
    harness.setup(AssignedWindow.TYPE.createSerializer(new SerializerConfigImpl()));
    if (snapshot != null) {
      harness.initializeState(snapshot);
    }
    harness.open();
    harness.setProcessingTime(now);
  }

  /** Which of several subtasks has a stream. */
  static int subtaskOf(String stream, int parallelism) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(stream, KEY_GROUPS, parallelism);
  }

  void accept(ArrivedFrame frame) throws Exception {
    harness.processElement(frame.record(), 0);
  }

  /** Takes a record of the calibration topic; without a value when it is null. */
  void calibrate(String key, byte[] value) throws Exception {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    harness.processElement(new TopicRecord(bytes, value, 0, 0, 0).asCalibration(), 0);
  }

  /** Sets the job's clock, milliseconds. */
  void advanceTo(long millis) throws Exception {
    now = millis;
    harness.setProcessingTime(millis);
  }

  /** Snapshots, throws the operator away and goes on with another one. */
  void restart() throws Exception {
    OperatorSubtaskState snapshot = snapshot(1);
    collect();
    harness.close();
    open(snapshot);
  }

  private OperatorSubtaskState snapshot(long checkpoint) throws Exception {
    harness.prepareSnapshotPreBarrier(checkpoint);
    return harness.snapshot(checkpoint, checkpoint);
  }

  /** Begins a savepoint, as a task does that goes on before the savepoint is written. */
  OperatorSnapshotFutures beginSavepoint() throws Exception {
    harness.prepareSnapshotPreBarrier(4);
    return operator.snapshotState(
        4,
        4,
        new CheckpointOptions(
            SavepointType.savepoint(SavepointFormatType.CANONICAL),
            CheckpointStorageLocationReference.getDefault()),
        new MemCheckpointStreamFactory(5_000_000));
  }

  /** Writes a savepoint, throws the operator away and goes on with another one that reads it. */
  void restartFrom(OperatorSnapshotFutures savepoint) throws Exception {
    OperatorSubtaskState written =
        OperatorSnapshotFinalizer.create(savepoint).getJobManagerOwnedState();
    collect();
    harness.close();
    open(written);
  }

  /** Bytes of a snapshot: what the job holds. */
  long stateBytes() throws Exception {
    return snapshot(2).getStateSize();
  }

  int timers() {
    return harness.numProcessingTimeTimers();
  }

  /** Streams in the state backend. */
  long stateEntries() throws Exception {
    harness.prepareSnapshotPreBarrier(3);
    try (Stream<String> keys =
        operator.<String>getKeyedStateBackend().getKeys("assembly", VoidNamespace.INSTANCE)) {
      return keys.count();
    }
  }

  private void collect() {
    assigned.addAll(harness.extractOutputValues());
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
    return assigned().stream().map(AssignedWindow::window).toList();
  }

  /** Every window so far with its model. */
  List<AssignedWindow> assigned() {
    collect();
    return assigned;
  }

  /** Models on trial of which this operator has told that they could not be loaded. */
  List<ServedModel> failed() {
    var side = harness.getSideOutput(ModelFailure.TAG);
    return side == null
        ? List.of()
        : side.stream().map(record -> record.getValue().model()).toList();
  }

  /** Whether every change of models could take effect. */
  boolean hasNoPendingModel() {
    return assembler.hasNoPendingModel();
  }

  /** Has another model serve. */
  void change(ServedModel model) throws Exception {
    change(ModelAssignment.serving(model));
  }

  /** Makes an assignment. */
  void change(ModelAssignment assignment) throws Exception {
    harness.processBroadcastElement(assignment, 0);
  }

  /** Every rejected frame so far. */
  List<RejectedFrame> rejected() {
    collect();
    return rejected;
  }

  ModelCatalogue models() {
    return models;
  }

  /** What this operator has counted. */
  AssemblyMetrics metrics() {
    return assembler.metrics();
  }

  void close() throws Exception {
    harness.close();
  }
}
