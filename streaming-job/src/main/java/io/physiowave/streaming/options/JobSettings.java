package io.physiowave.streaming.options;

import io.physiowave.core.frame.FrameAdmission;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table of the job's settings: the one place that names each, its default and its meaning. */
final class JobSettings {
  static final Setting<String> BOOTSTRAP_SERVERS =
      new Setting<>(
          "kafka.bootstrap-servers",
          "--bootstrap-servers",
          SettingType.TEXT,
          "localhost:9092",
          "Kafka brokers to ask first, host:port separated by commas.");
  static final Setting<String> GROUP_ID =
      new Setting<>(
          "kafka.group-id",
          "--group-id",
          SettingType.TEXT,
          "physiowave-stream",
          "Consumer group under which progress is visible in Kafka.");
  static final Setting<StartingOffsets> START =
      new Setting<>(
          "kafka.start",
          "--start",
          SettingType.oneOf(StartingOffsets.class),
          "committed",
          "Where a job without checkpoint begins; committed falls back to earliest.");
  static final Setting<String> FRAMES_TOPIC =
      new Setting<>(
          "kafka.frames-topic",
          "--frames-topic",
          SettingType.TEXT,
          "signal.frames",
          "Topic of signal frames, keyed by stream.");
  static final Setting<String> LABELS_TOPIC =
      new Setting<>(
          "kafka.labels-topic",
          "--labels-topic",
          SettingType.TEXT,
          "signal.labels",
          "Topic of labels, at once and at least once.");
  static final Setting<String> REJECTED_TOPIC =
      new Setting<>(
          "kafka.rejected-topic",
          "--rejected-topic",
          SettingType.TEXT,
          "signal.rejected",
          "Topic of refused frames: original bytes, reason in a header.");
  static final Setting<Boolean> AUDIT =
      new Setting<>(
          "kafka.audit",
          "--audit",
          SettingType.SWITCH,
          "false",
          "Whether labels also go to the audit topic, exactly once, at each checkpoint.");
  static final Setting<String> AUDIT_TOPIC =
      new Setting<>(
          "kafka.audit-topic",
          "--audit-topic",
          SettingType.TEXT,
          "signal.labels.audit",
          "Topic of labels, exactly once; read it with isolation.level=read_committed.");
  static final Setting<String> TRANSACTION_ID_PREFIX =
      new Setting<>(
          "kafka.transaction-id-prefix",
          "--transaction-id-prefix",
          SettingType.TEXT,
          "physiowave-audit",
          "Prefix of the audit sink's transactions; unique to each job on a Kafka cluster.");
  static final Setting<Duration> TRANSACTION_TIMEOUT =
      new Setting<>(
          "kafka.transaction-timeout",
          "--transaction-timeout",
          SettingType.DURATION,
          "15min",
          "A restart that takes longer loses the open transaction; at most the broker's"
              + " transaction.max.timeout.ms.");
  static final Setting<String> EVENTS_TOPIC =
      new Setting<>(
          "kafka.events-topic",
          "--events-topic",
          SettingType.TEXT,
          "signal.events",
          "Topic of onsets and offsets of episodes.");
  static final Setting<String> RHYTHMS_TOPIC =
      new Setting<>(
          "kafka.rhythms-topic",
          "--rhythms-topic",
          SettingType.TEXT,
          "signal.rhythms",
          "Topic of summaries of beats.");
  static final Setting<String> SHADOW_TOPIC =
      new Setting<>(
          "kafka.shadow-topic",
          "--shadow-topic",
          SettingType.TEXT,
          "signal.labels.shadow",
          "Topic of labels of models that run beside the serving ones.");
  static final Setting<String> MODELS_TOPIC =
      new Setting<>(
          "kafka.models-topic",
          "--models-topic",
          SettingType.TEXT,
          "",
          "Compacted topic that says which models serve, usually signal.models; none: the models"
              + " stay those of this list.");
  static final Setting<String> CALIBRATION_TOPIC =
      new Setting<>(
          "kafka.calibration-topic",
          "--calibration-topic",
          SettingType.TEXT,
          "",
          "Compacted topic with wearers' calibrations, usually signal.calibration; none: no wearer"
              + " has one.");
  static final Setting<String> MODELS_STATUS_TOPIC =
      new Setting<>(
          "kafka.models-status-topic",
          "--models-status-topic",
          SettingType.TEXT,
          "signal.models.status",
          "Topic that says what became of a change of models.");
  static final Setting<Map<String, String>> KAFKA_PROPERTIES =
      new Setting<>(
          "kafka.properties",
          "--kafka-properties",
          SettingType.MAP,
          "",
          "Further client properties for source and sinks, e.g. security.protocol=SSL.");

  static final Setting<List<String>> MODELS =
      new Setting<>(
          "models",
          "--models",
          SettingType.LIST,
          "models/ecg-beats.onnx,models/emg-gestures.onnx",
          "ONNX files to serve, one a modality; a path, a URI of a Flink file system, or an http(s)"
              + " address.");
  static final Setting<Optional<String>> MODELS_STORE =
      new Setting<>(
          "models-store",
          "--models-store",
          SettingType.optional(SettingType.TEXT),
          "",
          "Folder of a Flink file system that keeps a copy of each model that the job has had, for"
              + " when its address is gone; unless given, models below the folder of the"
              + " checkpoints, if that outlives the job. none: no copies.");

  static final Setting<Integer> MAXIMUM_FRAME_BYTES =
      new Setting<>(
          "decode.max-frame-bytes",
          "--max-frame-bytes",
          SettingType.INTEGER,
          "" + FrameAdmission.DEFAULT_MAXIMUM_BYTES,
          "Longer records are rejected.");

  static final Setting<Duration> REORDER_WAIT =
      new Setting<>(
          "assemble.reorder-wait",
          "--reorder-wait",
          SettingType.DURATION,
          "100ms",
          "How long frames ahead of a missing one wait for it.");
  static final Setting<Integer> REORDER_FRAMES =
      new Setting<>(
          "assemble.reorder-frames",
          "--reorder-frames",
          SettingType.INTEGER,
          "32",
          "Most frames of a stream that wait for a missing one.");
  static final Setting<Duration> MAXIMUM_LATENESS =
      new Setting<>(
          "assemble.maximum-lateness",
          "--maximum-lateness",
          SettingType.DURATION,
          "1min",
          "Frames further back than this are rejected as a count that the device restarted without"
              + " a new session.");
  static final Setting<Duration> IDLE_TIMEOUT =
      new Setting<>(
          "assemble.idle-timeout",
          "--idle-timeout",
          SettingType.DURATION,
          "1h",
          "A stream silent for longer is forgotten.");
  static final Setting<Boolean> REJECT_DUPLICATES =
      new Setting<>(
          "assemble.reject-duplicates",
          "--reject-duplicates",
          SettingType.SWITCH,
          "false",
          "Whether frames that bring nothing new go to the rejected topic; gateways that send at"
              + " least once repeat by design.");

  static final Setting<Double> FLOOD_RATE =
      new Setting<>(
          "assemble.flood-rate",
          "--flood-rate",
          SettingType.NUMBER,
          "20",
          "Seconds of signal a second that a stream may send for long; what is above is rejected."
              + " 0: no limit.");
  static final Setting<Duration> FLOOD_BURST =
      new Setting<>(
          "assemble.flood-burst",
          "--flood-burst",
          SettingType.DURATION,
          "1h",
          "Signal that a stream may send above that at once, after an outage for example.");
  static final Setting<Integer> CACHED_STREAMS =
      new Setting<>(
          "assemble.cached-streams",
          "--cached-streams",
          SettingType.INTEGER,
          "5000",
          "Streams that a subtask keeps ready in memory when the state backend is not hashmap.");
  static final Setting<Integer> MAXIMUM_STREAMS =
      new Setting<>(
          "assemble.max-streams",
          "--max-streams",
          SettingType.INTEGER,
          "10000",
          "Most streams that a subtask remembers; frames of further ones are rejected until one is"
              + " forgotten.");

  static final Setting<Integer> MAXIMUM_BATCH =
      new Setting<>(
          "inference.max-batch",
          "--max-batch",
          SettingType.INTEGER,
          "32",
          "Most windows of different streams in one model call.");
  static final Setting<Duration> MAXIMUM_WAIT =
      new Setting<>(
          "inference.max-wait",
          "--max-wait",
          SettingType.DURATION,
          "5ms",
          "How long a window waits for company; 0ms never waits.");
  static final Setting<DeviceChoice> DEVICE =
      new Setting<>(
          "inference.device",
          "--device",
          SettingType.ofText(
              "<auto|cpu|cuda:N|tensorrt:N>",
              "auto, cpu, cuda:N or tensorrt:N",
              DeviceChoice::parse),
          "auto",
          "Where models run; auto takes a CUDA device if one really works, the one that Flink gave the"
              + " TaskManager as external resource gpu, else number 0.");
  static final Setting<Integer> THREADS =
      new Setting<>(
          "inference.threads",
          "--inference-threads",
          SettingType.INTEGER,
          "1",
          "Threads within one model call; 0 takes one a core. Raise parallelism first.");
  static final Setting<GraphOptimisation> OPTIMISATION =
      new Setting<>(
          "inference.optimisation",
          "--optimisation",
          SettingType.oneOf(GraphOptimisation.class),
          "all",
          "How far ONNX Runtime rewrites the graph when loading.");

  static final Setting<Duration> TRIAL_TIMEOUT =
      new Setting<>(
          "inference.trial-timeout",
          "--trial-timeout",
          SettingType.DURATION,
          "5s",
          "How long a shadow or canary may take to load, or for one call, before it is switched off.");
  static final Setting<Map<String, String>> CUDA_OPTIONS =
      new Setting<>(
          "inference.cuda-options",
          "--cuda-options",
          SettingType.MAP,
          "",
          "Options of ONNX Runtime's CUDA provider, e.g. gpu_mem_limit=2147483648; unless given,"
              + " arena_extend_strategy=kSameAsRequested and cudnn_conv_algo_search=HEURISTIC.");
  static final Setting<Map<String, String>> TENSORRT_OPTIONS =
      new Setting<>(
          "inference.tensorrt-options",
          "--tensorrt-options",
          SettingType.MAP,
          "",
          "Options of its TensorRT provider, e.g. trt_fp16_enable=1.");

  static final Setting<Optional<Integer>> VOTES =
      new Setting<>(
          "stabilise.votes",
          "--votes",
          SettingType.optional(SettingType.INTEGER),
          "",
          "Windows that vote for a label, in place of the model card's number.");
  static final Setting<Optional<Double>> MINIMUM_PROBABILITY =
      new Setting<>(
          "stabilise.minimum-probability",
          "--minimum-probability",
          SettingType.optional(SettingType.NUMBER),
          "",
          "Below it a window is UNCLASSIFIABLE, in place of the model card's value.");

  static final Setting<Optional<Double>> ONSET_PROBABILITY =
      new Setting<>(
          "events.onset-probability",
          "--onset-probability",
          SettingType.optional(SettingType.NUMBER),
          "",
          "A label begins an episode only from this probability on, in place of the model card's"
              + " value, else of 0.5.");
  static final Setting<Optional<Double>> OFFSET_PROBABILITY =
      new Setting<>(
          "events.offset-probability",
          "--offset-probability",
          SettingType.optional(SettingType.NUMBER),
          "",
          "An episode goes on while its label keeps this probability, in place of the model card's"
              + " value, else of 0.3.");
  static final Setting<Optional<Duration>> MINIMUM_DURATION =
      new Setting<>(
          "events.minimum-duration",
          "--minimum-duration",
          SettingType.optional(SettingType.DURATION),
          "",
          "How long a label must hold to begin an episode, and be gone to end it, in place of the"
              + " model card's time, else of 250 ms.");
  static final Setting<Optional<List<String>>> BACKGROUND_LABELS =
      new Setting<>(
          "events.background-labels",
          "--background-labels",
          SettingType.optional(SettingType.LIST),
          "",
          "Labels that mean that nothing happens, and make no episode, in place of those of the"
              + " model card, else of none; a single comma for none whatever the card says.");
  static final Setting<Integer> TACHYCARDIA_BEATS =
      new Setting<>(
          "events.tachycardia-beats",
          "--tachycardia-beats",
          SettingType.INTEGER,
          "3",
          "Ventricular beats in a row that are tachycardia when they are faster than 100 a minute:"
              + " 3, as guidelines define it, or 4.");
  static final Setting<Duration> RHYTHM_INTERVAL =
      new Setting<>(
          "events.rhythm-interval",
          "--rhythm-interval",
          SettingType.DURATION,
          "10s",
          "Length of signal that a summary of beats covers.");

  static final Setting<Duration> CHECKPOINT_INTERVAL =
      new Setting<>(
          "checkpoint.interval",
          "--checkpoint-interval",
          SettingType.DURATION,
          "10s",
          "Time between checkpoints, exactly-once for state.");
  static final Setting<Optional<String>> CHECKPOINT_DIRECTORY =
      new Setting<>(
          "checkpoint.directory",
          "--checkpoint-directory",
          SettingType.optional(SettingType.TEXT),
          "",
          "Where checkpoints are kept, a URI of a Flink file system; none: where the cluster says,"
              + " else in a temporary folder.");

  static final Setting<Integer> PARALLELISM =
      new Setting<>(
          "run.parallelism",
          "--parallelism",
          SettingType.INTEGER,
          "1",
          "Subtasks of each station.");
  static final Setting<Integer> MAXIMUM_PARALLELISM =
      new Setting<>(
          "run.max-parallelism",
          "--max-parallelism",
          SettingType.INTEGER,
          "720",
          "Widest the job can ever be rescaled to; fixed for the life of its state.");
  static final Setting<Duration> BUFFER_TIMEOUT =
      new Setting<>(
          "run.buffer-timeout",
          "--buffer-timeout",
          SettingType.DURATION,
          "1ms",
          "How long a record waits in a network buffer; 1ms halves Flink's default latency.");
  static final Setting<Boolean> LOCAL =
      new Setting<>(
          "run.local",
          "--local",
          SettingType.SWITCH,
          "false",
          "Whether to run in this process instead of on the cluster that started it.");

  static final Setting<Optional<Integer>> PROMETHEUS_PORT =
      new Setting<>(
          "observe.prometheus-port",
          "--prometheus-port",
          SettingType.optional(SettingType.INTEGER),
          "",
          "Port on which a job in this process shows its metrics to Prometheus; on a cluster, Flink's"
              + " configuration says so.");

  static final Setting<Boolean> TRACES =
      new Setting<>(
          "observe.traces",
          "--traces",
          SettingType.SWITCH,
          "false",
          "Whether frames that a gateway chose to trace are traced on to an OpenTelemetry collector"
              + " (OTEL_... variables).");

  /** All settings in the order in which help lists them. */
  static final List<Setting<?>> ALL =
      List.of(
          BOOTSTRAP_SERVERS,
          GROUP_ID,
          START,
          FRAMES_TOPIC,
          LABELS_TOPIC,
          REJECTED_TOPIC,
          AUDIT,
          AUDIT_TOPIC,
          TRANSACTION_ID_PREFIX,
          TRANSACTION_TIMEOUT,
          EVENTS_TOPIC,
          RHYTHMS_TOPIC,
          SHADOW_TOPIC,
          MODELS_TOPIC,
          MODELS_STATUS_TOPIC,
          CALIBRATION_TOPIC,
          KAFKA_PROPERTIES,
          MODELS,
          MODELS_STORE,
          MAXIMUM_FRAME_BYTES,
          REORDER_WAIT,
          REORDER_FRAMES,
          MAXIMUM_LATENESS,
          IDLE_TIMEOUT,
          REJECT_DUPLICATES,
          FLOOD_RATE,
          FLOOD_BURST,
          CACHED_STREAMS,
          MAXIMUM_STREAMS,
          MAXIMUM_BATCH,
          MAXIMUM_WAIT,
          DEVICE,
          THREADS,
          OPTIMISATION,
          TRIAL_TIMEOUT,
          CUDA_OPTIONS,
          TENSORRT_OPTIONS,
          VOTES,
          MINIMUM_PROBABILITY,
          ONSET_PROBABILITY,
          OFFSET_PROBABILITY,
          MINIMUM_DURATION,
          BACKGROUND_LABELS,
          TACHYCARDIA_BEATS,
          RHYTHM_INTERVAL,
          CHECKPOINT_INTERVAL,
          CHECKPOINT_DIRECTORY,
          PARALLELISM,
          MAXIMUM_PARALLELISM,
          BUFFER_TIMEOUT,
          LOCAL,
          PROMETHEUS_PORT,
          TRACES);

  private JobSettings() {}
}
