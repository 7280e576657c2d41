package io.physiowave.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.connectors.kafka.SignalTopic;
import io.physiowave.streaming.options.SettingHelp;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the compose file and the Dockerfiles name must be what the code has. */
class DeploymentFilesTest {
  private static final String COMPOSE = "docker-compose.yml";
  private static final String DOCKERFILES = "deploy/docker/Dockerfile.";

  private final ComposeFile compose = ComposeFile.parse(Repository.text(COMPOSE));

  private static Dockerfile dockerfile(String of) {
    return Dockerfile.parse(of, Repository.text(DOCKERFILES + of));
  }

  private Stream<String> everyVariable() {
    return compose.services().keySet().stream()
        .flatMap(s -> compose.environment(s).keySet().stream());
  }

  private Map<String, String> flinkProperties(String service) {
    return compose
        .environment(service)
        .get("FLINK_PROPERTIES")
        .lines()
        .map(line -> line.split(": ", 2))
        .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
  }

  @Nested
  class TheComposeFile {
    @Test
    void runsPinnedImagesUnprivilegedLimitedAndWatched() {
      assertThat(compose.services()).hasSizeGreaterThanOrEqualTo(5);
      assertThat(compose.problems()).isEmpty();
    }

    @Test
    void startsClassesOfOurs() {
      assertThat(
              StartedClasses.count(
                  compose.services().values().stream()
                      .flatMap(service -> ComposeFile.command(service).stream())))
          .isGreaterThanOrEqualTo(3);
    }

    @Test
    void setsOnlyVariablesThatTheJobReads() {
      String help =
          SettingHelp.all().stream()
              .flatMap(setting -> setting.description().stream())
              .collect(Collectors.joining("\n"));
      Set<String> known =
          Pattern.compile("PHYSIOWAVE_\\w+")
              .matcher(help)
              .results()
              .map(match -> match.group())
              .collect(Collectors.toSet());
      assertThat(everyVariable().filter(name -> name.startsWith("PHYSIOWAVE_")))
          .isNotEmpty()
          .allSatisfy(name -> assertThat(known).contains(name));
    }

    @Test
    void setsOnlyPropertiesThatKafkaKnows() {
      assertThat(compose.environment("kafka").keySet())
          .filteredOn(name -> name.startsWith("KAFKA_") && !name.equals("KAFKA_HEAP_OPTS"))
          .isNotEmpty()
          .map(name -> name.substring(6).toLowerCase(Locale.ROOT).replace('_', '.'))
          .allSatisfy(name -> assertThat(AbstractKafkaConfig.CONFIG_DEF.names()).contains(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jobmanager", "taskmanager"})
    void setsOnlyPropertiesThatFlinkKnows(String service) {
      Set<String> known =
          Stream.of(
                  CoreOptions.class,
                  JobManagerOptions.class,
                  TaskManagerOptions.class,
                  RestOptions.class,
                  BlobServerOptions.class)
              .flatMap(type -> Arrays.stream(type.getFields()))
              .filter(field -> field.getType() == ConfigOption.class)
              .map(DeploymentFilesTest::key)
              .collect(Collectors.toSet());
      assertThat(flinkProperties(service)).isNotEmpty();
      assertThat(known).containsAll(flinkProperties(service).keySet());
      // The image's entry point drops every blank of a value.
      assertThat(flinkProperties(service).values()).noneMatch(value -> value.matches(".*\\s.*"));
    }

    @Test
    void loadsOnnxRuntimeAndDjlOnceInAProcess() {
      Configuration configuration = Configuration.fromMap(flinkProperties("taskmanager"));
      assertThat(configuration.get(CoreOptions.ALWAYS_PARENT_FIRST_LOADER_PATTERNS_ADDITIONAL))
          .containsExactly("ai.onnxruntime.", "ai.djl.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jobmanager", "taskmanager"})
    void givesFlinkLessMemoryThanItsContainerHas(String service) {
      String limit = compose.service(service).at("/deploy/resources/limits/memory").asText();
      assertThat(MemorySize.parse(flinkProperties(service).get(service + ".memory.process.size")))
          .isLessThan(MemorySize.parse(limit.toLowerCase(Locale.ROOT)));
    }

    @Test
    void createsTheTopicsOfTheCode() {
      Map<String, String> environment = compose.environment("topics");
      assertThat(List.of(environment.get("STREAM_TOPICS").split(" ")))
          .containsExactlyInAnyOrderElementsOf(topics(false));
      assertThat(List.of(environment.get("COMPACTED_TOPICS").split(" ")))
          .containsExactlyInAnyOrderElementsOf(topics(true));
    }

    @Test
    void servesModelsThatShip() {
      assertThat(compose.environment("jobmanager").get("PHYSIOWAVE_MODELS").split(","))
          .isNotEmpty()
          .allSatisfy(
              file -> {
                assertThat(file).startsWith("/opt/flink/models/");
                assertThat(Repository.holds(file.substring("/opt/flink/".length()))).isTrue();
              });
    }

    @Test
    void runsTheVersionsOfThePom() {
      Map<String, String> images = new TreeMap<>();
      compose
          .services()
          .forEach((name, service) -> images.put(name, service.path("image").asText()));
      assertThat(images)
          .containsEntry("kafka", "apache/kafka:" + Repository.pomValue("kafka.version"));
      assertThat(images.values().stream().filter(image -> image.startsWith("physiowave/")))
          .isNotEmpty()
          .allMatch(image -> image.endsWith(":" + Repository.pomValue("version")));
    }
  }

  @Nested
  class TheDockerfiles {
    @ParameterizedTest
    @ValueSource(strings = {"job", "gateway", "training"})
    void nameOnlyWhatExists(String of) {
      assertThat(dockerfile(of).baseImages()).hasSizeGreaterThanOrEqualTo(2);
      assertThat(dockerfile(of).problems()).isEmpty();
    }

    @Test
    void restOnTheFlinkOfThePom() {
      assertThat(dockerfile("job").baseImages())
          .contains("flink:" + Repository.pomValue("flink.version") + "-java17");
    }

    @ParameterizedTest
    @CsvSource({
      "FROM flink:2.3.0-java17, FROM flink:latest, not pinned",
      "COPY --chown=flink:flink models/, COPY --chown=flink:flink weights/, weights/",
      "-pl streaming-job, -pl streaming-jobs, no module",
      "--from=build, --from=builder, stage",
      "USER flink, USER root, root",
    })
    void areRefusedWhen(String part, String replacement, String problem) {
      String text = Repository.text(DOCKERFILES + "job");
      assertThat(text).contains(part);
      assertThat(Dockerfile.parse("job", text.replace(part, replacement)).problems())
          .isNotEmpty()
          .allMatch(found -> found.contains(problem));
    }
  }

  @Nested
  class ABrokenComposeFile {
    @ParameterizedTest
    @CsvSource({
      "apache/kafka:4.2.2, apache/kafka:latest, not pinned",
      "apache/kafka:4.2.2, apache/kafka, not pinned",
      "user: flink, user: root, root",
      "restart: unless-stopped, restart: never, restart policy",
      "healthcheck:, x-healthcheck:, no health check",
      "memory: 1536M, pids: 100, no memory limit",
      "127.0.0.1:8081:8081, 8081:8081, open to other machines",
      "command.SimulateCommand, command.SimulatorCommand, cannot start",
      "--rhythm, --rythm, does not take",
      "Dockerfile.gateway, Dockerfile.gateways, does not have",
      "jobmanager: {condition, jobmaster: {condition, no service",
      "'\"checkpoints:', '\"savepoints:', neither a volume",
      "KAFKA_NODE_ID, KAFKA_PASSWORD, secret",
    })
    void isRefusedWhen(String part, String replacement, String problem) {
      String text = Repository.text(COMPOSE);
      assertThat(text).contains(part);
      assertThat(ComposeFile.parse(text.replace(part, replacement)).problems())
          .isNotEmpty()
          .allMatch(found -> found.contains(problem));
    }
  }

  private static List<String> topics(boolean compacted) {
    return Arrays.stream(SignalTopic.values())
        .filter(topic -> topic.isCompacted() == compacted)
        .map(SignalTopic::topicName)
        .toList();
  }

  private static String key(Field option) {
    try {
      return ((ConfigOption<?>) option.get(null)).key();
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(option + " cannot be read", e);
    }
  }
}
