package io.physiowave.streaming.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobOptionsTest {
  @TempDir Path directory;

  private Optional<Path> yaml(String text) throws IOException {
    return Optional.of(Files.writeString(directory.resolve("job.yaml"), text));
  }

  private static List<String> problemsOf(
      Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
    return catchThrowableOfType(
            InvalidOptionsException.class, () -> JobOptions.read(file, environment, flags))
        .problems();
  }

  @Nested
  class Precedence {
    @Test
    void withoutAnySourceEveryOptionIsAtItsDefault() {
      JobOptions options = JobOptions.defaults();

      assertThat(options.kafka().framesTopic()).isEqualTo("signal.frames");
      assertThat(options.inference().maximumBatch()).isEqualTo(32);
      assertThat(options.inference().maximumWait()).isEqualTo(Duration.ofMillis(5));
      assertThat(options.inference().device()).isEqualTo(DeviceChoice.AUTO);
      assertThat(options.stabilise()).isEqualTo(StabiliseOptions.AS_CARD);
      assertThat(options.run().bufferTimeout()).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void theFileOverridesDefaultsTheEnvironmentTheFileAndFlagsTheEnvironment() throws Exception {
      Optional<Path> file =
          yaml("inference: {max-batch: 8, max-wait: 7ms, threads: 2}\nkafka:\n  group-id: g\n");

      JobOptions options =
          JobOptions.read(
              file,
              Map.of("PHYSIOWAVE_INFERENCE_MAX_WAIT", "9ms", "PHYSIOWAVE_INFERENCE_THREADS", "3"),
              Map.of("--inference-threads", "4"));

      assertThat(options.kafka().groupId()).isEqualTo("g");
      assertThat(options.inference().maximumBatch()).isEqualTo(8);
      assertThat(options.inference().maximumWait()).isEqualTo(Duration.ofMillis(9));
      assertThat(options.inference().threads()).isEqualTo(4);
    }

    @Test
    void listsAndMapsAreWrittenAsYamlOrAsText() throws Exception {
      Optional<Path> file =
          yaml("models: [a.onnx, b.onnx]\nkafka:\n  properties: {security.protocol: SSL}\n");

      JobOptions fromFile = JobOptions.read(file, Map.of(), Map.of());
      JobOptions fromFlags =
          JobOptions.read(
              Optional.empty(),
              Map.of(),
              Map.of("--models", "a.onnx, b.onnx", "--kafka-properties", "security.protocol=SSL"));

      assertThat(fromFile.models().files()).containsExactly("a.onnx", "b.onnx");
      assertThat(fromFlags.models()).isEqualTo(fromFile.models());
      assertThat(fromFlags.kafka().properties()).isEqualTo(fromFile.kafka().properties());
    }

    @Test
    void valuesOfTheFileMayHoldCommas() throws Exception {
      Optional<Path> file =
          yaml(
              """
              models: ["of a, b.onnx"]
              kafka:
                bootstrap-servers: [one:9092, two:9092]
                properties:
                  sasl.jaas.config: 'x required password="a,b=c";'
                  ssl.enabled.protocols: [TLSv1.2, TLSv1.3]
                  security: {protocol: SSL}
                  client.rack:
              """);

      JobOptions options = JobOptions.read(file, Map.of(), Map.of());

      assertThat(options.models().files()).containsExactly("of a, b.onnx");
      assertThat(options.kafka().bootstrapServers()).isEqualTo("one:9092,two:9092");
      assertThat(options.kafka().properties())
          .containsOnly(
              Map.entry("sasl.jaas.config", "x required password=\"a,b=c\";"),
              Map.entry("ssl.enabled.protocols", "TLSv1.2,TLSv1.3"),
              Map.entry("security.protocol", "SSL"),
              Map.entry("client.rack", ""));
    }

    @Test
    void modelsAndTheirStoreStandSideBySide() throws Exception {
      JobOptions options =
          JobOptions.read(
              yaml("models: [a.onnx]\nmodels-store: s3://kept/models\n"), Map.of(), Map.of());

      assertThat(options.models().files()).containsExactly("a.onnx");
      assertThat(options.models().store()).contains("s3://kept/models");
      assertThat(JobOptions.defaults().models().store()).isEmpty();
    }

    @Test
    void emptySectionsAndAnEmptyFileSayNothing() throws Exception {
      assertThat(JobOptions.read(yaml("inference:\n"), Map.of(), Map.of()).inference())
          .isEqualTo(JobOptions.defaults().inference());
      assertThat(JobOptions.read(yaml(""), Map.of(), Map.of())).isEqualTo(JobOptions.defaults());
    }
  }

  @Nested
  class Problems {
    @Test
    void ofEverySourceAreListedAtOnce() throws Exception {
      Optional<Path> file = yaml("inference: {max-batsh: 8, threads: many}\n");

      List<String> problems =
          problemsOf(
              file,
              Map.of("PHYSIOWAVE_ASSEMBLE_REORDER_FRAMES", "0"),
              Map.of("--frames-topic", "signal.labels", "--device", "gpu"));

      assertThat(problems)
          .hasSize(5)
          .anySatisfy(
              problem ->
                  assertThat(problem)
                      .contains("'inference.max-batsh' is not an option")
                      .contains("did you mean 'inference.max-batch'?"))
          .anySatisfy(
              problem ->
                  assertThat(problem)
                      .startsWith("inference.threads is 'many'")
                      .contains("job.yaml")
                      .contains("a whole number"))
          .anySatisfy(
              problem ->
                  assertThat(problem).isEqualTo("assemble.reorder-frames is 0; expected 1 to 1000"))
          .anySatisfy(problem -> assertThat(problem).contains("would read what it writes"))
          .anySatisfy(problem -> assertThat(problem).contains("flag --device").contains("cuda:N"));
    }

    @Test
    void aFarFetchedNameGetsNoSuggestion() throws Exception {
      assertThat(problemsOf(yaml("colour: blue\n"), Map.of(), Map.of()))
          .singleElement()
          .asString()
          .contains("'colour' is not an option of the job; --help lists them all");
    }

    @Test
    void betweenConcernsAreFoundToo() {
      assertThat(
              problemsOf(
                  Optional.empty(),
                  Map.of(),
                  Map.of("--audit", "true", "--checkpoint-interval", "10min")))
          .singleElement()
          .asString()
          .startsWith("kafka.transaction-timeout is 900000 ms; expected more than twice");
    }

    @Test
    void ofTheFileItselfNameTheFile() throws Exception {
      assertThat(problemsOf(yaml("kafka: [\n"), Map.of(), Map.of()))
          .singleElement()
          .asString()
          .contains("job.yaml is not YAML");
      assertThat(problemsOf(Optional.of(directory.resolve("no.yaml")), Map.of(), Map.of()))
          .singleElement()
          .asString()
          .contains("no.yaml cannot be read: no such file");
    }

    @Test
    void neverTellPasswords() {
      String text = "sasl.jaas.config=x required password=\"secret,other\";";

      assertThat(problemsOf(Optional.empty(), Map.of(), Map.of("--kafka-properties", text)))
          .singleElement()
          .isEqualTo(
              "kafka.properties cannot be read (flag --kafka-properties); expected pairs k=v"
                  + " separated by commas; a value with a comma in it stands in the file");
    }

    @Test
    void neitherDoOptionsThatAreWrittenOut() throws Exception {
      JobOptions options =
          JobOptions.read(
              yaml("kafka: {properties: {ssl.key.password: secret}}\n"), Map.of(), Map.of());

      assertThat(options.toString()).contains("ssl.key.password").doesNotContain("secret");
    }

    @Test
    void nameTopicsThatKafkaRefuses() {
      for (String name : List.of(".", "..", "a topic", "")) {
        assertThat(problemsOf(Optional.empty(), Map.of(), Map.of("--labels-topic", name)))
            .singleElement()
            .asString()
            .startsWith("kafka.labels-topic is '" + name + "'; expected");
      }
    }

    @Test
    void nameTimesBeyondTheirBounds() {
      assertThat(problemsOf(Optional.empty(), Map.of(), Map.of("--checkpoint-interval", "1441min")))
          .containsExactly("checkpoint.interval is 86460000 ms; expected 10ms to 24h");
      assertThat(
              JobOptions.read(Optional.empty(), Map.of(), Map.of("--checkpoint-interval", "24h"))
                  .checkpoint()
                  .interval())
          .isEqualTo(Duration.ofDays(1));
    }

    @Test
    void namePropertiesThatContradictAnOption() {
      String text = "bootstrap.servers=other:9092,group.id=g,max.request.size=1MB,acks=all";

      assertThat(problemsOf(Optional.empty(), Map.of(), Map.of("--kafka-properties", text)))
          .containsExactly(
              "kafka.properties has bootstrap.servers; expected that in kafka.bootstrap-servers",
              "kafka.properties has group.id; expected that in kafka.group-id",
              "kafka.properties has max.request.size 1MB; expected bytes, a whole number below"
                  + " 1000000000");
    }

    @Test
    void nameWhatTheFileSaysTwice() throws Exception {
      String twice = "kafka: {group-id: a}\nrun: {parallelism: 2}\nkafka: {audit: true}\n";

      assertThat(problemsOf(yaml(twice), Map.of(), Map.of()))
          .singleElement()
          .asString()
          .contains("Duplicate field 'kafka'");
      assertThat(problemsOf(yaml("kafka.audit: true\nkafka: {audit: false}\n"), Map.of(), Map.of()))
          .singleElement()
          .asString()
          .endsWith("'kafka.audit' stands there twice; expected once");
      assertThat(problemsOf(yaml("run: {local: true}\n---\nmodels: [a]\n"), Map.of(), Map.of()))
          .singleElement()
          .asString()
          .endsWith("job.yaml holds a second document; expected one");
    }

    @Test
    void ofDurationsBeyondAllBoundsAreToldLikeOthers() {
      assertThat(problemsOf(Optional.empty(), Map.of(), Map.of("--idle-timeout", "999999999999d")))
          .singleElement()
          .asString()
          .startsWith("assemble.idle-timeout is '999999999999d' (flag --idle-timeout)")
          .contains("at most 36500d");
    }

    @Test
    void ofOneConcernAreListedWhenItIsBuiltByHand() {
      assertThatThrownBy(() -> new StabiliseOptions(0, 1.0))
          .isInstanceOf(InvalidOptionsException.class)
          .hasMessageContaining("stabilise.votes is 0")
          .hasMessageContaining("stabilise.minimum-probability is 1.0");
    }
  }

  @Nested
  class Help {
    @Test
    void namesFlagFileKeyEnvironmentVariableAndDefaultOfEverySetting() {
      assertThat(SettingHelp.all())
          .hasSameSizeAs(JobSettings.ALL)
          .allSatisfy(
              help ->
                  assertThat(String.join("\n", help.description()))
                      .contains("default: ")
                      .contains("file: ")
                      .contains("environment: PHYSIOWAVE_"));
    }

    @Test
    void knowsNoTwoSettingsOfOneName() {
      assertThat(JobSettings.ALL).extracting(Setting::flag).doesNotHaveDuplicates();
      assertThat(JobSettings.ALL).extracting(Setting::key).doesNotHaveDuplicates();
      assertThat(JobSettings.ALL).extracting(Setting::environmentVariable).doesNotHaveDuplicates();
    }
  }
}
