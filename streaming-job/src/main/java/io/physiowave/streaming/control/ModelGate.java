package io.physiowave.streaming.control;

import io.physiowave.connectors.logging.LogFields;
import io.physiowave.streaming.infer.ModelPreload;
import io.physiowave.streaming.model.ModelFile;
import io.physiowave.streaming.model.ModelRefusedException;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.model.ServedModelSerializer;
import io.physiowave.streaming.options.InferenceOptions;
import io.physiowave.streaming.types.TopicRecord;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks every wish for a model before any subtask hears of it: the file is read, held against its
 * hash, its card and the wish, loaded and run once. Runs once for the whole job, beside the way of
 * the data. Whatever fails is reported on {@link ModelStatus#TAG} and changes nothing.
 *
 * <p>Metrics, below {@code physiowave}: {@code modelsAccepted} and {@code modelsRefused}, wishes
 * granted and not.
 */
public final class ModelGate extends ProcessFunction<TopicRecord, ServedModel> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(ModelGate.class);

  /** Type of what passes. */
  public static final TypeInformation<ServedModel> TYPE = ServedModelSerializer.TYPE;

  private final InferenceOptions options;

  private transient Counter accepted;
  private transient Counter refused;

  public ModelGate(InferenceOptions options) {
    this.options = options;
  }

  @Override
  public void open(OpenContext context) {
    MetricGroup group = getRuntimeContext().getMetricGroup().addGroup("physiowave");
    accepted = group.counter("modelsAccepted");
    refused = group.counter("modelsRefused");
  }

  @Override
  public void processElement(TopicRecord record, Context context, Collector<ServedModel> out) {
    if (record.value() == null) {
      return;
    }
    ModelDeployment wanted;
    try {
      wanted = ControlJson.deployment(record.value());
    } catch (IllegalArgumentException e) {
      refuse(String.valueOf(record.keyText()), "", "", e.getMessage(), context);
      return;
    }
    if (wanted.active().isEmpty()) {
      return;
    }
    ModelRelease release = wanted.active().get();
    try {
      ServedModel model = check(wanted.name(), release);
      out.collect(model);
      accepted.inc();
      LogFields.ofModel(
          wanted.name(), release.version(), () -> LOG.info("model {} serves from now on", model));
      context.output(
          ModelStatus.TAG,
          new ModelStatus(
              wanted.name(),
              release.version(),
              release.sha256(),
              true,
              "",
              System.currentTimeMillis()));
    } catch (IOException | RuntimeException e) {
      refuse(
          wanted.name(),
          release.version(),
          release.sha256(),
          String.valueOf(e.getMessage()),
          context);
    }
  }

  private ServedModel check(String name, ModelRelease release) throws IOException {
    ModelFile file = ModelFile.read(release.location());
    if (!file.sha256().equals(release.sha256())) {
      throw new ModelRefusedException(
          release.location()
              + ": the file's SHA-256 is "
              + file.sha256()
              + "; expected "
              + release.sha256());
    }
    ServedModel model = file.served();
    if (!model.card().name().equals(name) || !model.card().version().equals(release.version())) {
      throw new ModelRefusedException(
          release.location()
              + ": the card is of "
              + model.card().name()
              + " "
              + model.card().version()
              + "; expected "
              + name
              + " "
              + release.version());
    }
    ModelPreload.check(model, options);
    return model;
  }

  private void refuse(String name, String version, String sha256, String message, Context context) {
    refused.inc();
    String reason = message.replaceAll("\\s*\\R\\s*", " ");
    LogFields.ofModel(
        name,
        version,
        () ->
            LOG.warn(
                "model {} {} is refused, what served before serves on: {}", name, version, reason));
    context.output(
        ModelStatus.TAG,
        new ModelStatus(name, version, sha256, false, reason, System.currentTimeMillis()));
  }
}
