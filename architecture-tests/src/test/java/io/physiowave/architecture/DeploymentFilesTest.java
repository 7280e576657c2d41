package io.physiowave.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.physiowave.connectors.kafka.SignalTopic;
import io.physiowave.gateway.http.HttpOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.MemorySize;
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
      Set<String> known = KnownNames.jobVariables();
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
    @ValueSource(strings = {"jobmanager", "taskmanager", "taskmanager-gpu"})
    void givesFlinkWhatTheJobNeeds(String service) {
      assertThat(flinkProperties(service)).containsAllEntriesOf(KnownNames.jobNeeds());
    }

    @ParameterizedTest
    @ValueSource(strings = {"jobmanager", "taskmanager", "taskmanager-gpu"})
    void setsOnlyPropertiesThatFlinkKnows(String service) {
      assertThat(flinkProperties(service)).isNotEmpty();
      assertThat(KnownNames.flinkKeys()).containsAll(flinkProperties(service).keySet());
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
    @ValueSource(strings = {"jobmanager", "taskmanager", "taskmanager-gpu"})
    void givesFlinkLessMemoryThanItsContainerHas(String service) {
      String limit = compose.service(service).at("/deploy/resources/limits/memory").asText();
      String key = service.replace("-gpu", "") + ".memory.process.size";
      assertThat(MemorySize.parse(flinkProperties(service).get(key)))
          .isLessThan(MemorySize.parse(limit.toLowerCase(Locale.ROOT)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jobmanager", "taskmanager", "taskmanager-gpu"})
    void letsFlinkRememberItsJobWhereANewJobManagerLooks(String service) {
      Configuration flink = Configuration.fromMap(flinkProperties(service));
      assertThat(flink.get(HighAvailabilityOptions.HA_MODE)).isEqualTo("zookeeper");
      assertThat(flink.get(HighAvailabilityOptions.HA_ZOOKEEPER_QUORUM))
          .isEqualTo("zookeeper:2181");
      assertThat(compose.service("jobmanager").path("depends_on").has("zookeeper")).isTrue();
      String volume = ComposeFile.words(compose.service(service).path("volumes")).get(0);
      assertThat(flink.get(HighAvailabilityOptions.HA_STORAGE_PATH))
          .startsWith("file://" + volume.split(":")[1] + "/");
      assertThat(flinkProperties(service))
          .containsAllEntriesOf(
              flinkProperties("jobmanager").entrySet().stream()
                  .filter(property -> property.getKey().startsWith("high-availability."))
                  .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    @Test
    void letsOnlyWhoeverHasATokenSendToTheGateway() {
      JsonNode gateway = compose.service("gateway");
      List<String> command = ComposeFile.command(gateway);
      assertThat(command.get(command.indexOf("--tokens") + 1))
          .isEqualTo("/run/secrets/" + ComposeFile.words(gateway.path("secrets")).get(0));
      assertThat(compose.tree().at("/secrets/gateway-tokens/file").asText())
          .startsWith("${GATEWAY_TOKENS_FILE:?");
      assertThat(compose.environment("gateway")).containsOnlyKeys(KnownNames.KAFKA_VARIABLE);
    }

    @Test
    void reachesTheGatewayWhereItListens() {
      String port = Integer.toString(HttpOptions.DEFAULT_PORT);
      JsonNode gateway = compose.service("gateway");
      assertThat(ComposeFile.words(gateway.path("ports")))
          .containsExactly("127.0.0.1:" + port + ":" + port);
      assertThat(gateway.at("/healthcheck/test/3").asText())
          .contains("/dev/tcp/localhost/" + port)
          .contains("GET /healthz ");
      assertThat(
              ComposeFile.parse(Repository.text("deploy/prometheus/prometheus.yml"))
                  .tree()
                  .at("/scrape_configs/1/dns_sd_configs/0/port")
                  .asText())
          .isEqualTo(port);
      assertThat(Repository.text(DOCKERFILES + "gateway")).contains("EXPOSE " + port);
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
    void buildsWithProfilesThatTheModuleHas() {
      List<String> profiles =
          compose.services().values().stream()
              .map(service -> service.at("/build/args/MAVEN_PROFILES").asText())
              .filter(argument -> !argument.isEmpty())
              .toList();
      assertThat(profiles)
          .isNotEmpty()
          .allSatisfy(
              argument ->
                  assertThat(Repository.text("streaming-job/pom.xml"))
                      .contains("<id>" + argument.replaceFirst("^-P", "") + "</id>"));
    }

    @Test
    void mountsWhatPrometheusAndGrafanaRead() {
      assertThat(ComposeFile.command(compose.service("prometheus")))
          .contains("--config.file=/etc/prometheus/prometheus.yml");
      assertThat(ComposeFile.words(compose.service("prometheus").path("volumes")))
          .contains("./deploy/prometheus:/etc/prometheus:ro");
      assertThat(Repository.holds("deploy/prometheus/prometheus.yml")).isTrue();
      assertThat(Repository.text("deploy/grafana/provisioning/dashboards/physiowave.yml"))
          .contains("path: /var/lib/grafana/dashboards");
      assertThat(ComposeFile.words(compose.service("grafana").path("volumes")))
          .contains("./deploy/grafana/dashboards:/var/lib/grafana/dashboards:ro");
    }

    @Test
    void hasEveryTargetThatPrometheusLooksFor() {
      JsonNode scrapes =
          ComposeFile.parse(Repository.text("deploy/prometheus/prometheus.yml"))
              .tree()
              .path("scrape_configs");
      assertThat(scrapes)
          .hasSize(2)
          .allSatisfy(
              scrape -> {
                List<String> names = ComposeFile.words(scrape.at("/dns_sd_configs/0/names"));
                assertThat(names).isNotEmpty();
                assertThat(compose.services().keySet()).containsAll(names);
              });
      assertThat(
              ComposeFile.words(compose.service("taskmanager-gpu").at("/networks/default/aliases")))
          .containsExactly("taskmanager");
    }

    @Test
    void runsTheVersionsOfThePom() {
      Map<String, String> images = new TreeMap<>();
      compose
          .services()
          .forEach(
              (name, service) -> images.put(name, Images.tagged(service.path("image").asText())));
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
    @ValueSource(strings = {"job", "gateway", "page", "training"})
    void nameOnlyWhatExists(String of) {
      assertThat(dockerfile(of).baseImages()).hasSizeGreaterThanOrEqualTo(2);
      assertThat(dockerfile(of).problems()).isEmpty();
    }

    @Test
    void restOnTheFlinkOfThePom() {
      assertThat(dockerfile("job").baseImages().stream().map(Images::tagged))
          .contains("flink:" + Repository.pomValue("flink.version") + "-java17");
    }

    @Test
    void giveBothImagesOfTheJobTheSameFiles() {
      Dockerfile job = dockerfile("job");
      assertThat(job.copies("gpu").stream().filter(copy -> !copy.startsWith("--from=flink ")))
          .isNotEmpty()
          .containsExactlyElementsOf(job.copies("cpu"));
    }

    @ParameterizedTest
    @CsvSource({
      "FLINK_IMAGE=flink:2.3.0-java17, FLINK_IMAGE=flink:latest, not pinned",
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

  /** What is pinned for a release is found by the pattern in the command that lists it. */
  @Test
  void baseImagesAreThoseThatTheCommandOfTheReleaseLists() {
    Matcher command =
        Pattern.compile("grep -hoE \"([^\"]+)\"").matcher(Repository.text("docs/release.md"));
    assertThat(command.find()).isTrue();
    Pattern listed = Pattern.compile(command.group(1));
    List<String> images = List.of("job", "gateway", "page", "training");
    Set<String> used =
        Stream.concat(
                images.stream().flatMap(of -> dockerfile(of).baseImages().stream()),
                compose.services().values().stream().map(service -> service.path("image").asText()))
            .map(Images::tagged)
            .filter(image -> !image.startsWith("physiowave/"))
            .collect(Collectors.toSet());
    // Its other base, on NVIDIA devices, is an argument of the command that builds it.
    Matcher cuda =
        Pattern.compile("RUNTIME_IMAGE=(nvidia\\S+)").matcher(Repository.text("docs/gpu.md"));
    assertThat(cuda.find()).isTrue();
    used.add(cuda.group(1));
    assertThat(
            Stream.concat(
                    images.stream().map(of -> Repository.text(DOCKERFILES + of)),
                    Stream.of(Repository.text(COMPOSE)))
                .flatMap(text -> listed.matcher(text).results())
                .map(MatchResult::group)
                .collect(Collectors.toSet()))
        .isEqualTo(used);
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
      "'\"--tokens\"', '\"--token\"', does not take",
      "[gateway-tokens], [gateway-keys], not define",
      "Dockerfile.gateway, Dockerfile.gateways, does not have",
      "jobmanager: {condition, jobmaster: {condition, no service",
      "'\"checkpoints:', '\"savepoints:', neither a volume",
      "KAFKA_NODE_ID, KAFKA_PASSWORD, secret",
      "ADMIN_PASSWORD__FILE: /run, ADMIN_PASSWORD__FILE: /etc, secret",
      "grafana-admin-password:, grafana-password:, not define",
      "target: gpu, target: gpus, stage gpus",
      "restart: unless-stopped, restarts: unless-stopped, restart",
      "driver: nvidia, drivers: nvidia, drivers",
      "capabilities: [gpu], capability: [gpu], capabilit",
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
}
