package io.physiowave.benchmarks.stream;

import io.physiowave.streaming.assemble.WindowAssembler;
import io.physiowave.streaming.control.ModelGate;
import io.physiowave.streaming.emit.KafkaEnds;
import io.physiowave.streaming.infer.InferredWindow;
import io.physiowave.streaming.model.AssignedWindow;
import io.physiowave.streaming.model.ModelCatalogue;
import io.physiowave.streaming.options.JobOptions;
import io.physiowave.streaming.stabilise.LabelEventFlinkSerializer;
import io.physiowave.streaming.stabilise.LabelStabiliser;
import io.physiowave.streaming.types.TopicRecord;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;

/** The job's own stations with {@link PerRecordInference} in the place of batched inference. */
final class PerRecordJob {
  private PerRecordJob() {}

  /**
   * Adds the job to an environment. Flink's defaults hold: no object reuse.
   *
   * @param threadsPerCall null for ONNX Runtime's own choice
   */
  static void build(
      StreamExecutionEnvironment env,
      JobOptions options,
      ModelCatalogue models,
      Integer threadsPerCall) {
    env.setParallelism(options.run().parallelism());
    SingleOutputStreamOperator<TopicRecord> records =
        env.fromSource(
            KafkaEnds.frames(options.kafka(), false),
            WatermarkStrategy.noWatermarks(),
            "read",
            TopicRecord.TYPE);
    SingleOutputStreamOperator<AssignedWindow> windows =
        records
            .keyBy(TopicRecord::keyText, Types.STRING)
            .connect(
                records
                    .getSideOutput(new OutputTag<>("no-model-changes", ModelGate.TYPE))
                    .broadcast(WindowAssembler.CHANGED_MODELS, WindowAssembler.CANDIDATES))
            .process(
                new WindowAssembler(
                    models, options.decode(), options.assemble(), options.inference(), false),
                AssignedWindow.TYPE);
    windows
        .map(new PerRecordInference(models.models().get(0).location(), threadsPerCall))
        .returns(InferredWindow.TYPE)
        .keyBy(InferredWindow::streamId, Types.STRING)
        .process(
            new LabelStabiliser(options.stabilise(), options.assemble().idleTimeout()),
            LabelEventFlinkSerializer.TYPE)
        .sinkTo(KafkaEnds.labels(options.kafka()));
  }
}
