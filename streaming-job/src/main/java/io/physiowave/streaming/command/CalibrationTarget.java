package io.physiowave.streaming.command;

import io.physiowave.connectors.kafka.SignalTopic;
import io.physiowave.streaming.calibrate.CalibrationTopic;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options that every {@code calibrate} command shares: whose calibration, and where it goes. */
final class CalibrationTarget {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--stream",
      required = true,
      paramLabel = "<id>",
      description = "The device's stream id.")
  private String stream;

  @Mixin private KafkaClient kafka;

  @Option(
      names = "--calibration-topic",
      paramLabel = "<topic>",
      description = "Where the job reads calibrations; default signal.calibration.")
  private String topic = SignalTopic.CALIBRATION.topicName();

  String stream() {
    return stream;
  }

  PrintWriter out() {
    return command.commandLine().getOut();
  }

  /** Settings of a client. */
  Map<String, Object> client() {
    Map<String, Object> settings = new HashMap<>(kafka.settings());
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    return settings;
  }

  CalibrationTopic connect() {
    return new CalibrationTopic(topic, client());
  }
}
