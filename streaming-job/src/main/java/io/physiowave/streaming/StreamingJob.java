package io.physiowave.streaming;

import io.physiowave.core.event.SignalEvent;
import io.physiowave.core.label.LabelEvent;
import io.physiowave.streaming.assemble.AssembleOperator;
import io.physiowave.streaming.assemble.WindowAssembler;
import io.physiowave.streaming.control.CheckedWish;
import io.physiowave.streaming.control.ModelGate;
import io.physiowave.streaming.control.ModelStatus;
import io.physiowave.streaming.control.ReleaseChecks;
import io.physiowave.streaming.control.ShadowAgreement;
import io.physiowave.streaming.decode.RejectedFrame;
import io.physiowave.streaming.emit.KafkaEnds;
import io.physiowave.streaming.infer.BatchedInferenceFactory;
import io.physiowave.streaming.infer.InferredWindow;
import io.physiowave.streaming.interpret.InterpretLabels;
import io.physiowave.streaming.interpret.SignalEventSerializer;
import io.physiowave.streaming.model.AssignedWindow;
import io.physiowave.streaming.model.ModelAssignment;
import io.physiowave.streaming.model.ModelCatalogue;
import io.physiowave.streaming.model.ModelFailure;
import io.physiowave.streaming.options.InferenceOptions;
import io.physiowave.streaming.options.JobOptions;
import io.physiowave.streaming.stabilise.DecidedLabel;
import io.physiowave.streaming.stabilise.LabelComparison;
import io.physiowave.streaming.stabilise.LabelEventFlinkSerializer;
import io.physiowave.streaming.stabilise.LabelStabiliser;
import io.physiowave.streaming.types.TopicRecord;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;

/**
 * The job: frames from Kafka become labels in Kafka, station by station.
 *
 * <pre>{@code
 * JobOptions options = JobOptions.read(Optional.of(file), System.getenv(), flags);
 * StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
 * StreamingJob.build(env, options);
 * env.execute(StreamingJob.NAME);
 * }</pre>
 */
public final class StreamingJob {
  /** The job's name in Flink. */
  public static final String NAME = "physiowave-stream";

  private static final int WISHES_IN_HAND = 100;

  private StreamingJob() {}

  /**
   * Adds the job to an environment, which is configured on the way. Nothing runs yet.
   *
   * @throws io.physiowave.streaming.model.ModelRefusedException when a model file is missing or has
   *     no valid card
   * @throws IllegalArgumentException when it is to go on from a savepoint in a way that cannot work
   */
  public static void build(StreamExecutionEnvironment env, JobOptions options) {
    build(env, options, ModelCatalogue.read(options.models().files()));
  }

  /** The same with cards that were read before. */
  public static void build(
      StreamExecutionEnvironment env, JobOptions options, ModelCatalogue models) {
    SavepointClaim.check(env.getConfiguration());
    InferenceOptions inference =
        options.inference().withModelStore(EnvironmentSettings.modelStore(env, options));
    EnvironmentSettings.apply(env, options);

    SingleOutputStreamOperator<TopicRecord> records =
        env.fromSource(
                KafkaEnds.frames(options.kafka(), options.observe().traces()),
                WatermarkStrategy.noWatermarks(),
                "read " + options.kafka().framesTopic(),
                TopicRecord.TYPE)
            .uid("read-frames");

    Optional<SingleOutputStreamOperator<ModelAssignment>> changes =
        options
            .kafka()
            .modelsTopic()
            .map(topic -> modelChanges(env, options, inference, models, topic));
    // Without changes, an output that nobody writes to: a source without records would end.
    DataStream<ModelAssignment> assignments =
        changes
            .<DataStream<ModelAssignment>>map(stream -> stream)
            .orElseGet(
                () -> records.getSideOutput(new OutputTag<>("no-model-changes", ModelGate.TYPE)));
    SingleOutputStreamOperator<AssignedWindow> windows =
        withCalibrations(env, options, records)
            .keyBy(TopicRecord::keyText, Types.STRING)
            .connect(assignments.broadcast())
            .transform(
                "assemble",
                AssignedWindow.TYPE,
                new AssembleOperator(
                    new WindowAssembler(
                        models,
                        options.decode(),
                        options.assemble(),
                        inference,
                        options.observe().traces())))
            .uid("assemble");

    SingleOutputStreamOperator<InferredWindow> answers =
        windows
            .transform("infer", InferredWindow.TYPE, new BatchedInferenceFactory(models, inference))
            .uid("infer");

    // Inference keeps each stream on its subtask, so nothing need be sent around again.
    SingleOutputStreamOperator<LabelEvent> labels =
        DataStreamUtils.reinterpretAsKeyedStream(answers, InferredWindow::streamId, Types.STRING)
            .process(
                new LabelStabiliser(options.stabilise(), options.assemble().idleTimeout()),
                LabelEventFlinkSerializer.TYPE)
            .name("stabilise")
            .uid("stabilise");

    labels
        .sinkTo(KafkaEnds.labels(options.kafka()))
        .name("write " + options.kafka().labelsTopic())
        .uid("write-labels");
    if (options.kafka().audit()) {
      labels
          .sinkTo(KafkaEnds.audit(options.kafka()))
          .name("write " + options.kafka().auditTopic())
          .uid("write-audit");
    }
    interpret(options, labels);
    changes.ifPresent(
        gate ->
            shadows(
                options,
                gate,
                labels,
                windows
                    .getSideOutput(ModelFailure.TAG)
                    .union(answers.getSideOutput(ModelFailure.TAG))));
    windows
        .getSideOutput(RejectedFrame.TAG)
        .sinkTo(KafkaEnds.rejected(options.kafka()))
        .name("write " + options.kafka().rejectedTopic())
        .uid("write-rejected");
  }

  /** Frames, and between them what models are told about their wearers. */
  private static DataStream<TopicRecord> withCalibrations(
      StreamExecutionEnvironment env, JobOptions options, DataStream<TopicRecord> frames) {
    return options
        .kafka()
        .calibrationTopic()
        .<DataStream<TopicRecord>>map(
            topic ->
                frames.union(
                    env.fromSource(
                            KafkaEnds.calibrations(options.kafka(), topic),
                            WatermarkStrategy.noWatermarks(),
                            "read " + topic,
                            TopicRecord.TYPE)
                        .uid("read-calibrations")
                        .map(TopicRecord::asCalibration, TopicRecord.TYPE)
                        .name("mark calibrations")
                        .uid("mark-calibrations")))
        .orElse(frames);
  }

  /** What labels in a row mean; they stay on their subtask. */
  private static void interpret(JobOptions options, SingleOutputStreamOperator<LabelEvent> labels) {
    SingleOutputStreamOperator<SignalEvent> events =
        DataStreamUtils.reinterpretAsKeyedStream(
                labels.getSideOutput(DecidedLabel.TAG), DecidedLabel::streamId, Types.STRING)
            .process(
                new InterpretLabels(options.events(), options.assemble().idleTimeout()),
                SignalEventSerializer.TYPE)
            .name("interpret")
            .uid("interpret");
    events
        .sinkTo(KafkaEnds.events(options.kafka()))
        .name("write " + options.kafka().eventsTopic())
        .uid("write-events");
    events
        .getSideOutput(InterpretLabels.SUMMARIES)
        .sinkTo(KafkaEnds.rhythms(options.kafka()))
        .name("write " + options.kafka().rhythmsTopic())
        .uid("write-rhythms");
  }

  /** Once for the whole job, and beside the way of the data. */
  private static SingleOutputStreamOperator<ModelAssignment> modelChanges(
      StreamExecutionEnvironment env,
      JobOptions options,
      InferenceOptions inference,
      ModelCatalogue models,
      String topic) {
    DataStream<TopicRecord> wishes =
        env.fromSource(
                KafkaEnds.models(options.kafka(), topic),
                WatermarkStrategy.noWatermarks(),
                "read " + topic,
                TopicRecord.TYPE)
            .setParallelism(1)
            .uid("read-models");
    // Without a limit of Flink's: each check has its own.
    return AsyncDataStream.orderedWait(
            wishes, new ReleaseChecks(inference), 0, TimeUnit.MILLISECONDS, WISHES_IN_HAND)
        .returns(CheckedWish.TYPE)
        .setParallelism(1)
        .name("load models")
        .uid("load-models")
        .process(new ModelGate(models), ModelGate.TYPE)
        .setParallelism(1)
        .name("check models")
        .uid("check-models");
  }

  /** What models say that run beside the serving ones, and what became of changes. */
  private static void shadows(
      JobOptions options,
      SingleOutputStreamOperator<ModelAssignment> gate,
      SingleOutputStreamOperator<LabelEvent> labels,
      DataStream<ModelFailure> failures) {
    labels
        .getSideOutput(LabelStabiliser.SHADOW_LABELS)
        .sinkTo(KafkaEnds.shadowLabels(options.kafka()))
        .name("write " + options.kafka().shadowTopic())
        .uid("write-shadow-labels");
    labels
        .getSideOutput(LabelComparison.TAG)
        .keyBy(LabelComparison::pair, Types.STRING)
        .process(new ShadowAgreement(), ModelStatus.TYPE)
        .setParallelism(1)
        .name("compare shadows")
        .uid("compare-shadows")
        .union(
            gate.getSideOutput(ModelStatus.TAG),
            failures
                .map(ModelStatus::failed, ModelStatus.TYPE)
                .setParallelism(1)
                .name("report failures")
                .uid("report-failures"))
        .sinkTo(KafkaEnds.modelStatus(options.kafka()))
        .setParallelism(1)
        .name("write " + options.kafka().modelsStatusTopic())
        .uid("write-models-status");
  }
}
