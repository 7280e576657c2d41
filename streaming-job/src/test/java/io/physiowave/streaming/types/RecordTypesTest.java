package io.physiowave.streaming.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.physiowave.core.arrhythmia.RhythmFigures;
import io.physiowave.core.arrhythmia.RhythmSummary;
import io.physiowave.core.card.Decision;
import io.physiowave.core.card.EpisodeRules;
import io.physiowave.core.event.Episode;
import io.physiowave.core.event.EventPhase;
import io.physiowave.core.event.SignalEvent;
import io.physiowave.core.frame.Modality;
import io.physiowave.core.frame.RejectionReason;
import io.physiowave.core.label.LabelEvent;
import io.physiowave.core.label.LabelTiming;
import io.physiowave.core.label.ModelReference;
import io.physiowave.core.quality.QualityLevel;
import io.physiowave.core.quality.SignalQuality;
import io.physiowave.core.window.SignalWindow;
import io.physiowave.streaming.StreamingJob;
import io.physiowave.streaming.control.Agreement;
import io.physiowave.streaming.control.CanaryRelease;
import io.physiowave.streaming.control.ModelStatus;
import io.physiowave.streaming.decode.ArrivedFrame;
import io.physiowave.streaming.decode.ArrivedFrameSerializer;
import io.physiowave.streaming.decode.RejectedFrame;
import io.physiowave.streaming.infer.InferredWindow;
import io.physiowave.streaming.infer.WindowRole;
import io.physiowave.streaming.interpret.RhythmSummarySerializer;
import io.physiowave.streaming.interpret.SignalEventSerializer;
import io.physiowave.streaming.model.AssignedWindow;
import io.physiowave.streaming.model.Canary;
import io.physiowave.streaming.model.ModelAssignment;
import io.physiowave.streaming.model.ModelCandidates;
import io.physiowave.streaming.model.ModelCandidatesSerializer;
import io.physiowave.streaming.model.ModelFailure;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.model.ServedModelSerializer;
import io.physiowave.streaming.model.SignalWindowSerializer;
import io.physiowave.streaming.model.WindowCalibration;
import io.physiowave.streaming.options.JobOptions;
import io.physiowave.streaming.stabilise.DecidedLabel;
import io.physiowave.streaming.stabilise.LabelComparison;
import io.physiowave.streaming.stabilise.LabelEventFlinkSerializer;
import io.physiowave.streaming.testing.TestModels;
import io.physiowave.streaming.testing.TestSignals;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RecordTypesTest {
  private static final SignalQuality USABLE =
      new SignalQuality(QualityLevel.USABLE, "samples lost 5 %");
  private static final TopicRecord RECORD =
      TestSignals.record(TestSignals.frame("arm", "s", 40, 5, true), 99);

  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private static final ServedModel MODEL =
      new ServedModel("a.onnx", "a".repeat(64), TestModels.emg(Decision.ARG_MAX));

  private static final LabelEvent LABEL =
      new LabelEvent(
          "id",
          "arm",
          "s",
          Modality.EMG,
          new ModelReference("m", "1", "b".repeat(64)),
          200,
          0,
          40,
          1,
          2,
          OptionalLong.of(20),
          "FIST",
          0.75f,
          Map.of("FIST", 0.75f),
          Map.of("FIST", "Closed hand"),
          USABLE,
          "",
          new LabelTiming(1, 2, 3, 4),
          "");

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of(TopicRecord.TYPE, RECORD),
        Arguments.of(TopicRecord.TYPE, new TopicRecord(null, null, 1, 2, 3)),
        Arguments.of(TopicRecord.TYPE, new TopicRecord(null, null, 0, 2, 3, TRACE)),
        Arguments.of(TopicRecord.TYPE, new TopicRecord(null, null, 4, 0, 3, TRACE).asCalibration()),
        Arguments.of(TopicRecord.TYPE, RECORD.at(TRACE)),
        Arguments.of(
            new RecordType<>(ArrivedFrame.class, ArrivedFrameSerializer.INSTANCE),
            new ArrivedFrame(TestSignals.frame("arm", "s", 40, 5, true), RECORD)),
        Arguments.of(
            RejectedFrame.TYPE,
            new RejectedFrame(RECORD, RejectionReason.WRONG_KEY, "was für ein Schlüssel")),
        Arguments.of(
            SignalWindowSerializer.TYPE,
            new SignalWindow(
                "arm",
                "s",
                Modality.ECG,
                250,
                -3,
                40,
                1,
                2,
                17,
                new float[] {1, -2e30f},
                USABLE,
                3,
                4,
                TRACE)),
        Arguments.of(ServedModelSerializer.TYPE, MODEL),
        Arguments.of(
            ModelStatus.TYPE,
            new ModelStatus(
                "m",
                "1",
                "c".repeat(64),
                true,
                "",
                12,
                3,
                "2",
                new CanaryRelease("3", 0.25),
                new Agreement("1", "d".repeat(64), 10, 9),
                "it fails")),
        Arguments.of(DecidedLabel.TYPE, new DecidedLabel(LABEL, EpisodeRules.OPEN)),
        Arguments.of(
            DecidedLabel.TYPE,
            new DecidedLabel(LABEL, new EpisodeRules(0.5, null, 0.1, List.of("REST")))),
        Arguments.of(ModelFailure.TYPE, new ModelFailure(MODEL, "it fails", 12)),
        Arguments.of(
            SignalEventSerializer.TYPE,
            new SignalEvent(
                "arm",
                "s",
                Modality.EMG,
                new ModelReference("m", "1", "b".repeat(64)),
                200,
                new Episode(
                    "gesture", "2", "fist", EventPhase.OFFSET, 5, OptionalLong.of(9), 0.5f, 3, 0),
                25_000,
                OptionalLong.of(45_000))),
        Arguments.of(
            RhythmSummarySerializer.TYPE,
            new RhythmSummary(
                "heart",
                "s",
                new ModelReference("m", "1", "b".repeat(64)),
                250,
                0,
                10_000_000,
                new RhythmFigures(
                    0, 2500, 12, 1, 2, 0, 1, 9, 800, 6, 20, 25, 0.1, 0.03, Set.of("bigeminy")))),
        Arguments.of(
            LabelComparison.TYPE,
            new LabelComparison(
                new ModelReference("m", "1", "b".repeat(64)),
                new ModelReference("m", "2", "c".repeat(64)),
                true)),
        Arguments.of(ModelCandidatesSerializer.TYPE, ModelCandidates.NONE),
        Arguments.of(
            ModelAssignment.TYPE,
            new ModelAssignment(
                "test-emg",
                Optional.of(MODEL),
                new ModelCandidates(Optional.of(MODEL), Optional.of(new Canary(MODEL, 0.1))),
                7,
                8)),
        Arguments.of(
            AssignedWindow.TYPE,
            new AssignedWindow(
                new SignalWindow(
                    "arm", "s", Modality.ECG, 250, 0, 40, 1, 2, -1, new float[] {1}, USABLE, 3, 4),
                MODEL,
                Optional.of(MODEL),
                Optional.of(MODEL),
                new WindowCalibration("c0ffee", List.of("a", "b"), new float[] {1, -1}),
                3)),
        Arguments.of(
            InferredWindow.TYPE,
            new InferredWindow(
                "arm",
                "s",
                Modality.EMG,
                200,
                0,
                40,
                1,
                2,
                -1,
                SignalQuality.GOOD,
                3,
                4,
                5,
                MODEL,
                new float[] {0.25f, 0.75f},
                TRACE,
                WindowRole.SHADOWS,
                "it fails",
                "c0ffee")),
        Arguments.of(LabelEventFlinkSerializer.TYPE, LABEL));
  }

  @ParameterizedTest
  @MethodSource("values")
  <T> void everyRecordSurvivesItsBinaryForm(TypeInformation<T> type, T value) throws Exception {
    TypeSerializer<T> serializer = type.createSerializer(new SerializerConfigImpl());
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(value, out);
    DataOutputSerializer copied = new DataOutputSerializer(64);
    serializer.copy(new DataInputDeserializer(out.getCopyOfBuffer()), copied);

    T read = serializer.deserialize(new DataInputDeserializer(copied.getCopyOfBuffer()));

    assertThat(read).usingRecursiveComparison().isEqualTo(value);
    assertThat(copied.getCopyOfBuffer()).isEqualTo(out.getCopyOfBuffer());
  }

  @ParameterizedTest
  @MethodSource("values")
  <T> void everySerialiserIsFoundAgainInASavepoint(TypeInformation<T> type, T value)
      throws Exception {
    TypeSerializer<T> serializer = type.createSerializer(new SerializerConfigImpl());
    TypeSerializerSnapshot<T> snapshot = serializer.snapshotConfiguration();
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, snapshot);

    TypeSerializerSnapshot<T> read =
        TypeSerializerSnapshot.readVersionedSnapshot(
            new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());

    assertThat(snapshot.resolveSchemaCompatibility(read).isCompatibleAsIs()).isTrue();
    assertThat(read.restoreSerializer()).isEqualTo(serializer);
    assertThat(InstantiationUtil.clone(type)).isEqualTo(type).hasSameHashCodeAs(type);
  }

  @Test
  void theWholeJobIsBuiltWithKryoSwitchedOff(@TempDir Path directory) {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
    JobOptions options =
        JobOptions.read(
            Optional.empty(),
            Map.of(),
            Map.of(
                "--models",
                TestModels.write(directory, TestModels.emg(Decision.ARG_MAX)).toString(),
                "--audit",
                "true",
                "--models-topic",
                "signal.models",
                "--calibration-topic",
                "signal.calibration"));

    StreamingJob.build(env, options);

    assertThat(env.getConfig().getSerializerConfig().hasGenericTypesDisabled()).isTrue();
    assertThat(env.getConfig().isObjectReuseEnabled()).isTrue();
    assertThatCode(() -> env.getStreamGraph().getJobGraph()).doesNotThrowAnyException();
  }
}
