package io.physiowave.streaming.command;

import io.physiowave.connectors.command.KafkaBrokers;
import io.physiowave.connectors.kafka.SignalTopic;
import io.physiowave.streaming.calibrate.CalibrationTopic;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options that every {@code calibrate} command shares: whose calibration, and where it goes. */
final class CalibrationTarget {
  private static final String PATIENCE_MILLIS = "15000";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--stream",
      required = true,
      paramLabel = "<id>",
      description = "The device's stream id.")
  private String stream;

  @Mixin private KafkaBrokers brokers;

  @Option(
      names = "--calibration-topic",
      paramLabel = "<topic>",
      description = "Where the job reads calibrations; default signal.calibration.")
  private String topic = SignalTopic.CALIBRATION.topicName();

  @Option(
      names = "--kafka-property",
      paramLabel = "<key=value>",
      description = "A further client property; may be repeated.")
  private Map<String, String> properties = new LinkedHashMap<>();

  String stream() {
    return stream;
  }

  PrintWriter out() {
    return command.commandLine().getOut();
  }

  /** Settings of a client. A person waits: no broker is a matter of seconds. */
  Map<String, Object> client() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, brokers.bootstrapServers());
    settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    settings.putAll(properties);
    return settings;
  }

  CalibrationTopic connect() {
    Map<String, Object> settings = client();
    settings.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
    return new CalibrationTopic(topic, settings);
  }
}
