package io.physiowave.streaming;

import io.physiowave.core.label.LabelEvent;
import io.physiowave.core.window.SignalWindow;
import io.physiowave.streaming.assemble.SignalWindowSerializer;
import io.physiowave.streaming.assemble.WindowAssembler;
import io.physiowave.streaming.decode.ArrivedFrame;
import io.physiowave.streaming.decode.DecodeFrames;
import io.physiowave.streaming.decode.FrameRecord;
import io.physiowave.streaming.decode.RejectedFrame;
import io.physiowave.streaming.emit.KafkaEnds;
import io.physiowave.streaming.infer.BatchedInferenceFactory;
import io.physiowave.streaming.infer.InferredWindow;
import io.physiowave.streaming.model.ModelCatalogue;
import io.physiowave.streaming.options.JobOptions;
import io.physiowave.streaming.stabilise.LabelEventFlinkSerializer;
import io.physiowave.streaming.stabilise.LabelStabiliser;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

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

  private StreamingJob() {}

  /**
   * Adds the job to an environment, which is configured on the way. Nothing runs yet.
   *
   * @throws io.physiowave.streaming.model.ModelRefusedException when a model file is missing or has
   *     no valid card
   */
  public static void build(StreamExecutionEnvironment env, JobOptions options) {
    build(env, options, ModelCatalogue.read(options.models().files()));
  }

  /** The same with cards that were read before. */
  public static void build(
      StreamExecutionEnvironment env, JobOptions options, ModelCatalogue models) {
    EnvironmentSettings.apply(env, options);

    DataStream<FrameRecord> records =
        env.fromSource(
                KafkaEnds.frames(options.kafka()),
                WatermarkStrategy.noWatermarks(),
                "read " + options.kafka().framesTopic(),
                FrameRecord.TYPE)
            .uid("read-frames");

    SingleOutputStreamOperator<ArrivedFrame> frames =
        records
            .process(new DecodeFrames(models, options.decode()), ArrivedFrame.TYPE)
            .name("decode")
            .uid("decode");

    SingleOutputStreamOperator<SignalWindow> windows =
        frames
            .keyBy(ArrivedFrame::streamId, Types.STRING)
            .process(new WindowAssembler(models, options.assemble()), SignalWindowSerializer.TYPE)
            .name("assemble")
            .uid("assemble");

    DataStream<InferredWindow> answers =
        windows
            .transform(
                "infer",
                InferredWindow.TYPE,
                new BatchedInferenceFactory(models, options.inference()))
            .uid("infer");

    // Inference keeps each stream on its subtask, so nothing need be sent around again.
    SingleOutputStreamOperator<LabelEvent> labels =
        DataStreamUtils.reinterpretAsKeyedStream(answers, InferredWindow::streamId, Types.STRING)
            .process(
                new LabelStabiliser(models, options.stabilise(), options.assemble().idleTimeout()),
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
    frames
        .getSideOutput(RejectedFrame.TAG)
        .union(windows.getSideOutput(RejectedFrame.TAG))
        .sinkTo(KafkaEnds.rejected(options.kafka()))
        .name("write " + options.kafka().rejectedTopic())
        .uid("write-rejected");
  }
}
