package io.physiowave.streaming.options;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Everything the job can be told, validated as a whole.
 *
 * <pre>{@code
 * JobOptions options =
 *     JobOptions.read(
 *         Optional.of(Path.of("job.yaml")), System.getenv(), Map.of("--max-batch", "64"));
 * }</pre>
 *
 * @param kafka topics and clients
 * @param models models to serve
 * @param decode what is taken for a frame
 * @param assemble how frames become windows
 * @param inference how windows are put to the models
 * @param stabilise what replaces the cards' decisions
 * @param events how labels become episodes and summaries
 * @param checkpoint how state is saved
 * @param run where and how wide the job runs
 * @param observe how the job is seen from outside
 */
public record JobOptions(
    KafkaOptions kafka,
    ModelOptions models,
    DecodeOptions decode,
    AssembleOptions assemble,
    InferenceOptions inference,
    StabiliseOptions stabilise,
    EventOptions events,
    CheckpointOptions checkpoint,
    RunOptions run,
    ObserveOptions observe) {

  public JobOptions {
    Problems problems = new Problems();
    requireLongTransactions(kafka, checkpoint, problems);
    problems.throwIfAny();
  }

  private static void requireLongTransactions(
      KafkaOptions kafka, CheckpointOptions checkpoint, Problems problems) {
    problems.require(
        !kafka.audit()
            || kafka.transactionTimeout().compareTo(checkpoint.interval().multipliedBy(2)) > 0,
        "kafka.transaction-timeout is %d ms; expected more than twice checkpoint.interval, %d"
            + " ms, or the broker aborts what a checkpoint is about to commit",
        kafka.transactionTimeout().toMillis(),
        checkpoint.interval().toMillis());
  }

  /** Every option at its default. */
  public static JobOptions defaults() {
    return read(Optional.empty(), Map.of(), Map.of());
  }

  /**
   * Merges defaults, YAML file, environment and flags; later ones win.
   *
   * @param file YAML file, if any
   * @param environment variables by name; those that are no option of the job are ignored
   * @param flags text by flag, e.g. {@code --max-batch}
   * @throws InvalidOptionsException listing every problem found in any of them
   */
  public static JobOptions read(
      Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
    Problems problems = new Problems();
    List<SettingSource> sources = new ArrayList<>();
    file.ifPresent(path -> sources.add(YamlSettings.read(path, JobSettings.ALL, problems)));
    sources.add(byName("environment", environment, Setting::environmentVariable));
    sources.add(byName("flags", flags, Setting::flag));
    return build(new SettingValues(sources, problems), problems);
  }

  private interface Naming {
    String of(Setting<?> setting);
  }

  private static SettingSource byName(String name, Map<String, String> given, Naming naming) {
    Map<String, GivenValue> values = new HashMap<>();
    for (Setting<?> setting : JobSettings.ALL) {
      String text = given.get(naming.of(setting));
      if (text != null) {
        values.put(setting.key(), new GivenValue.Text(text));
      }
    }
    return new SettingSource(name, values);
  }

  private static JobOptions build(SettingValues values, Problems problems) {
    KafkaOptions kafka =
        collect(
            problems,
            () ->
                new KafkaOptions(
                    values.get(JobSettings.BOOTSTRAP_SERVERS),
                    values.get(JobSettings.GROUP_ID),
                    values.get(JobSettings.START),
                    values.get(JobSettings.FRAMES_TOPIC),
                    values.get(JobSettings.LABELS_TOPIC),
                    values.get(JobSettings.REJECTED_TOPIC),
                    values.get(JobSettings.AUDIT),
                    values.get(JobSettings.AUDIT_TOPIC),
                    values.get(JobSettings.TRANSACTION_ID_PREFIX),
                    values.get(JobSettings.TRANSACTION_TIMEOUT),
                    values.get(JobSettings.EVENTS_TOPIC),
                    values.get(JobSettings.RHYTHMS_TOPIC),
                    values.get(JobSettings.SHADOW_TOPIC),
                    Optional.of(values.get(JobSettings.MODELS_TOPIC))
                        .filter(topic -> !topic.isBlank()),
                    values.get(JobSettings.MODELS_STATUS_TOPIC),
                    Optional.of(values.get(JobSettings.CALIBRATION_TOPIC))
                        .filter(topic -> !topic.isBlank()),
                    values.get(JobSettings.KAFKA_PROPERTIES)));
    ModelOptions models =
        collect(
            problems,
            () ->
                new ModelOptions(
                    values.get(JobSettings.MODELS), values.get(JobSettings.MODELS_STORE)));
    DecodeOptions decode =
        collect(problems, () -> new DecodeOptions(values.get(JobSettings.MAXIMUM_FRAME_BYTES)));
    AssembleOptions assemble =
        collect(
            problems,
            () ->
                new AssembleOptions(
                    values.get(JobSettings.REORDER_WAIT),
                    values.get(JobSettings.REORDER_FRAMES),
                    values.get(JobSettings.MAXIMUM_LATENESS),
                    values.get(JobSettings.IDLE_TIMEOUT),
                    values.get(JobSettings.REJECT_DUPLICATES),
                    values.get(JobSettings.FLOOD_RATE),
                    values.get(JobSettings.FLOOD_BURST),
                    values.get(JobSettings.CACHED_STREAMS),
                    values.get(JobSettings.MAXIMUM_STREAMS)));
    InferenceOptions inference =
        collect(
            problems,
            () ->
                new InferenceOptions(
                    values.get(JobSettings.MAXIMUM_BATCH),
                    values.get(JobSettings.MAXIMUM_WAIT),
                    values.get(JobSettings.DEVICE),
                    values.get(JobSettings.THREADS),
                    values.get(JobSettings.OPTIMISATION),
                    values.get(JobSettings.TRIAL_TIMEOUT),
                    GpuOptions.DEFAULT.with(
                        values.get(JobSettings.CUDA_OPTIONS),
                        values.get(JobSettings.TENSORRT_OPTIONS)),
                    ""));
    StabiliseOptions stabilise =
        collect(
            problems,
            () ->
                new StabiliseOptions(
                    values.get(JobSettings.VOTES).orElse(null),
                    values.get(JobSettings.MINIMUM_PROBABILITY).orElse(null)));
    EventOptions events =
        collect(
            problems,
            () ->
                new EventOptions(
                    values.get(JobSettings.ONSET_PROBABILITY).orElse(null),
                    values.get(JobSettings.OFFSET_PROBABILITY).orElse(null),
                    values.get(JobSettings.MINIMUM_DURATION).orElse(null),
                    values.get(JobSettings.BACKGROUND_LABELS).orElse(null),
                    values.get(JobSettings.TACHYCARDIA_BEATS),
                    values.get(JobSettings.RHYTHM_INTERVAL)));
    CheckpointOptions checkpoint =
        collect(
            problems,
            () ->
                new CheckpointOptions(
                    values.get(JobSettings.CHECKPOINT_INTERVAL),
                    values.get(JobSettings.CHECKPOINT_DIRECTORY)));
    RunOptions run =
        collect(
            problems,
            () ->
                new RunOptions(
                    values.get(JobSettings.PARALLELISM),
                    values.get(JobSettings.MAXIMUM_PARALLELISM),
                    values.get(JobSettings.BUFFER_TIMEOUT),
                    values.get(JobSettings.LOCAL)));
    ObserveOptions observe =
        collect(
            problems,
            () ->
                new ObserveOptions(
                    values.get(JobSettings.PROMETHEUS_PORT), values.get(JobSettings.TRACES)));
    if (kafka != null && checkpoint != null) {
      requireLongTransactions(kafka, checkpoint, problems);
    }
    problems.throwIfAny();
    return new JobOptions(
        kafka, models, decode, assemble, inference, stabilise, events, checkpoint, run, observe);
  }

  private static <T> T collect(Problems problems, Supplier<T> concern) {
    try {
      return concern.get();
    } catch (InvalidOptionsException e) {
      problems.addAll(e.problems());
      return null;
    }
  }
}
