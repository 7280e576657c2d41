package io.physiowave.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.physiowave.gateway.http.HttpOptions;
import io.physiowave.training.distributed.Rank;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the Kubernetes files name must be what the code and the definitions have. */
class KubernetesFilesTest {
  private static final String ROOT = "deploy/kubernetes";
  private static final String JOB = ROOT + "/base/job.yaml";
  private static final Set<String> OPERATOR_KEYS =
      Set.of(
          "kubernetes.operator.savepoint.history.max.count",
          "kubernetes.operator.periodic.savepoint.interval");
  private static final Set<String> S3_KEYS = Set.of("s3.endpoint", "s3.path.style.access");
  private static final String KUBERNETES_GPU_KEY = "external-resource.gpu.kubernetes.config-key";

  private static List<Kustomization> everything() {
    return Kustomization.below(ROOT);
  }

  private static Stream<JsonNode> everyDocument() {
    return everything().stream()
        .flatMap(folder -> Stream.concat(folder.objects().stream(), folder.patches().stream()));
  }

  private static JsonNode flinkDeployment() {
    return KubernetesObjects.parse(Repository.text(JOB)).get(0);
  }

  /** Templates of pods: those of Jobs and Deployments, and Flink's. */
  private static Stream<JsonNode> podTemplates() {
    return Stream.concat(
            everyDocument().map(document -> document.at("/spec/template")),
            everyDocument().map(document -> document.at("/spec/podTemplate")))
        .filter(template -> template.at("/spec/securityContext").isObject());
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new TreeMap<>();
    object.properties().forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
    return texts;
  }

  @Nested
  class EveryFile {
    @Test
    void isNamedByAKustomization() throws IOException {
      Set<String> named = new TreeSet<>();
      for (Kustomization folder : everything()) {
        named.add(folder.folder() + "/kustomization.yaml");
        named.addAll(folder.files("resources"));
        named.addAll(folder.files("patches"));
      }
      try (Stream<Path> files = Files.walk(Repository.root().resolve(ROOT))) {
        assertThat(files.filter(file -> file.toString().endsWith(".yaml")))
            .hasSizeGreaterThan(10)
            .map(file -> Repository.root().relativize(file).toString().replace('\\', '/'))
            .allSatisfy(file -> assertThat(named).contains(file));
      }
    }

    @Test
    void restsOnWhatIsThere() {
      assertThat(everything()).flatMap(Kustomization::problems).isEmpty();
    }

    @Test
    void isWhatItsDefinitionAllows() {
      assertThat(everyDocument()).hasSizeGreaterThan(15);
      assertThat(everyDocument().toList()).flatMap(KubernetesObjects::problems).isEmpty();
    }

    @Test
    void runsImagesOfThisVersion() {
      List<String> images =
          everyDocument()
              .flatMap(document -> document.findValuesAsText("image").stream())
              .distinct()
              .toList();
      String docker = Repository.text("docker-compose.yml") + dockerfiles();
      assertThat(images)
          .hasSizeGreaterThanOrEqualTo(4)
          .allSatisfy(
              image -> {
                assertThat(Images.problem(image)).isEmpty();
                assertThat(image).endsWith(":" + Repository.pomValue("version"));
                assertThat(docker).contains(image);
              });
    }

    private String dockerfiles() {
      return Stream.of("job", "gateway", "page", "training")
          .map(of -> Repository.text("deploy/docker/Dockerfile." + of))
          .reduce("", String::concat);
    }
  }

  @Nested
  class EveryPod {
    @Test
    void runsUnprivileged() {
      assertThat(podTemplates())
          .hasSizeGreaterThanOrEqualTo(4)
          .allSatisfy(
              template -> {
                JsonNode pod = template.path("spec");
                assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
                assertThat(pod.at("/securityContext/runAsUser").asInt()).isPositive();
                assertThat(pod.at("/securityContext/seccompProfile/type").asText())
                    .isEqualTo("RuntimeDefault");
                JsonNode container = pod.at("/containers/0");
                JsonNode security = container.path("securityContext");
                assertThat(security.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
                assertThat(security.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
                boolean flink = container.path("name").asText().equals("flink-main-container");
                assertThat(flink || container.at("/resources/limits/memory").isTextual()).isTrue();
              });
    }

    @Test
    void holdsNoSecret() {
      assertThat(everyDocument())
          .allSatisfy(
              document -> assertThat(document.path("kind").asText()).isNotEqualTo("Secret"));
      assertThat(everything())
          .flatMap(folder -> folder.variables().keySet())
          .noneMatch(name -> name.matches(".*(PASSWORD|SECRET|TOKEN).*"));
    }
  }

  @Nested
  class TheJob {
    private final JsonNode spec = flinkDeployment().path("spec");

    @Test
    void isTheOneOfTheImage() {
      String version = Repository.pomValue("version");
      assertThat(spec.path("flinkVersion").asText()).isEqualTo(KubernetesObjects.flinkVersion());
      assertThat(spec.at("/job/jarURI").asText())
          .isEqualTo("local:///opt/flink/usrlib/physiowave-streaming-job-" + version + ".jar");
      assertThat(Repository.text("deploy/docker/Dockerfile.job"))
          .contains("/opt/flink/usrlib/")
          .contains("physiowave-streaming-job-*.jar");
      assertThat(StartedClasses.problems(List.of(spec.at("/job/entryClass").asText()))).isEmpty();
      assertThat(spec.at("/podTemplate/spec/containers/0/env/0/value").asText())
          .isEqualTo("flink-s3-fs-hadoop-" + Repository.pomValue("flink.version") + ".jar");
    }

    @Test
    void setsOnlyWhatFlinkAndItsOperatorRead() {
      Set<String> known = new TreeSet<>(KnownNames.flinkKeys());
      known.addAll(KnownNames.autoscalerKeys());
      known.addAll(OPERATOR_KEYS);
      known.addAll(S3_KEYS);
      known.add(KUBERNETES_GPU_KEY);
      assertThat(everyDocument().map(document -> document.at("/spec/flinkConfiguration")))
          .allSatisfy(
              configuration -> assertThat(known).containsAll(texts(configuration).keySet()));
      assertThat(texts(spec.path("flinkConfiguration")))
          .containsAllEntriesOf(KnownNames.jobNeeds());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "gpu"})
    void isGivenVariablesThatItReads(String overlay) {
      Map<String, String> variables = Kustomization.read(ROOT + "/overlays/" + overlay).variables();
      assertThat(KnownNames.jobVariables()).containsAll(variables.keySet());
      assertThat(variables)
          .containsEntry("PHYSIOWAVE_RUN_PARALLELISM", spec.at("/job/parallelism").asText());
      assertThat(variables.get("PHYSIOWAVE_MODELS").split(","))
          .allSatisfy(
              file ->
                  assertThat(Repository.holds(file.substring("/opt/flink/".length()))).isTrue());
    }

    @Test
    void mayScaleAsFarAsItsStateAllows() {
      int widest =
          Integer.parseInt(
              texts(spec.path("flinkConfiguration")).get("job.autoscaler.vertex.max-parallelism"));
      assertThat(widest).isBetween(spec.at("/job/parallelism").asInt(), 720);
    }
  }

  @Nested
  class Names {
    @Test
    void thatPodsAreChosenByAreThoseOfPods() {
      // Flink's own pods carry the deployment's name and their part.
      Set<Map<String, String>> pods =
          Set.of(
              Map.of("app", "physiowave"),
              Map.of("app", "physiowave", "component", "jobmanager"),
              Map.of("app", "physiowave", "component", "taskmanager"),
              Map.of("app", "physiowave-gateway"),
              Map.of("app", "physiowave-page"),
              Map.of("app", "physiowave-finetune"),
              Map.of());
      assertThat(
              everyDocument()
                  .filter(document -> document.at("/spec/podSelector").isObject())
                  .map(document -> texts(document.at("/spec/podSelector/matchLabels"))))
          .isNotEmpty()
          .allSatisfy(labels -> assertThat(pods).contains(labels));
      assertThat(
              everyDocument()
                  .filter(document -> document.path("kind").asText().equals("Service"))
                  .map(document -> texts(document.at("/spec/selector"))))
          .isNotEmpty()
          .allSatisfy(labels -> assertThat(pods).contains(labels));
    }

    @Test
    void ofMetricsMeet() {
      List<JsonNode> monitors =
          KubernetesObjects.parse(Repository.text(ROOT + "/base/monitoring.yaml"));
      JsonNode port = flinkDeployment().at("/spec/podTemplate/spec/containers/0/ports/0");
      assertThat(monitors)
          .map(monitor -> monitor.at("/spec/podMetricsEndpoints/0/port").asText())
          .containsExactly(
              port.path("name").asText(),
              gateway().at("/spec/template/spec/containers/0/ports/0/name").asText());
      assertThat(KnownNames.jobNeeds().get("metrics.reporter.prometheus.port"))
          .startsWith(port.path("containerPort").asText());
    }
  }

  @Test
  void monitorsNameTheJobsThatAlertsAskFor() {
    List<String> jobs =
        everyDocument()
            .filter(document -> document.path("kind").asText().equals("PodMonitor"))
            .map(monitor -> monitor.at("/spec/podMetricsEndpoints/0/relabelings/0"))
            .filter(relabeling -> relabeling.path("targetLabel").asText().equals("job"))
            .map(relabeling -> relabeling.path("replacement").asText())
            .toList();
    JsonNode scrapes =
        ComposeFile.parse(Repository.text("deploy/prometheus/prometheus.yml"))
            .tree()
            .path("scrape_configs");
    assertThat(scrapes).map(scrape -> scrape.path("job_name").asText()).isEqualTo(jobs);
    assertThat(Repository.text("deploy/prometheus/alerts.yml"))
        .contains("up{job=~\"" + String.join("|", jobs) + "\"}");
  }

  private static JsonNode gateway() {
    return KubernetesObjects.parse(Repository.text(ROOT + "/base/gateway.yaml")).get(0);
  }

  @Nested
  class TheGateway {
    private final JsonNode pod = gateway().at("/spec/template/spec");
    private final JsonNode container = pod.at("/containers/0");

    @Test
    void isStartedWithArgumentsThatItTakes() {
      List<String> arguments = ComposeFile.words(container.path("args"));
      assertThat(arguments).contains("--tokens");
      assertThat(StartedClasses.count(arguments.stream())).isEqualTo(1);
      assertThat(StartedClasses.problems(arguments)).isEmpty();
    }

    @Test
    void readsTokensFromASecretThatIsYours() {
      List<String> arguments = ComposeFile.words(container.path("args"));
      assertThat(arguments.get(arguments.indexOf("--tokens") + 1))
          .isEqualTo(container.at("/volumeMounts/0/mountPath").asText() + "/tokens");
      assertThat(container.at("/volumeMounts/0/name")).isEqualTo(pod.at("/volumes/0/name"));
      assertThat(Repository.text("docs/kubernetes.md"))
          .contains(
              "create secret generic "
                  + pod.at("/volumes/0/secret/secretName").asText()
                  + " --from-file=tokens=");
    }

    @Test
    void isAskedWhereItListens() {
      JsonNode port = container.at("/ports/0");
      assertThat(port.path("containerPort").asInt()).isEqualTo(HttpOptions.DEFAULT_PORT);
      assertThat(container.at("/readinessProbe/httpGet/port")).isEqualTo(port.path("name"));
      assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/healthz");
      assertThat(
              everyDocument()
                  .filter(
                      document ->
                          document
                              .at("/spec/podSelector/matchLabels/app")
                              .asText()
                              .equals("physiowave-gateway")))
          .hasSize(2)
          .allSatisfy(
              policy ->
                  assertThat(policy.at("/spec/ingress/0/ports/0/port"))
                      .isEqualTo(port.path("containerPort")));
    }
  }

  @Nested
  class Training {
    @Test
    void takesTheArgumentsItIsGiven() {
      List<List<String>> commands =
          everyDocument()
              .filter(document -> document.path("kind").asText().equals("Job"))
              .map(job -> ComposeFile.words(job.at("/spec/template/spec/containers/0/args")))
              .filter(arguments -> !arguments.isEmpty())
              .toList();
      assertThat(commands)
          .isNotEmpty()
          .allSatisfy(
              arguments ->
                  assertThat(
                          StartedClasses.problems(
                              Stream.concat(
                                      Stream.of("io.physiowave.training.command.TrainingCommand"),
                                      arguments.stream())
                                  .toList()))
                      .isEmpty());
    }
  }

  @Nested
  class TrainingOnTwoNodes {
    private static final String FILE = ROOT + "/training/overlays/two-nodes/finetune.yaml";

    @Test
    void tellsEachProcessWhereItStands() {
      JsonNode job = KubernetesObjects.parse(Repository.text(FILE)).get(0);
      Map<String, String> environment = new TreeMap<>();
      for (JsonNode variable : job.at("/spec/template/spec/containers/0/env")) {
        // The rank is the pod's index, which Kubernetes fills in.
        environment.put(variable.path("name").asText(), variable.path("value").asText("1"));
      }

      Rank rank = Rank.of(environment);

      assertThat(rank.rank()).isEqualTo(1);
      assertThat(rank.worldSize()).isEqualTo(job.at("/spec/completions").asInt());
      assertThat(rank.localRank()).isZero();
      assertThat(rank.masterAddress())
          .isEqualTo(
              job.at("/metadata/name").asText()
                  + "-0."
                  + job.at("/spec/template/spec/subdomain").asText());
      assertThat(Repository.text(ROOT + "/training/overlays/two-nodes/service.yaml"))
          .contains("port: " + rank.masterPort() + ",");
    }
  }

  @Nested
  class WithKubectl {
    @TempDir Path directory;

    @Test
    void everyOverlayIsPutTogetherAndAllowed() throws Exception {
      assumeThat(kubectl("version", "--client"))
          .withFailMessage("no kubectl on the path: overlays are not put together")
          .isZero();
      for (Kustomization folder : everything()) {
        assertThat(kubectl("kustomize", Repository.root().resolve(folder.folder()).toString()))
            .as(folder.folder())
            .isZero();
        List<JsonNode> objects = KubernetesObjects.parse(output());
        assertThat(objects).isNotEmpty().flatMap(KubernetesObjects::problems).isEmpty();
      }
    }

    private int kubectl(String... arguments) throws InterruptedException {
      List<String> command = Stream.concat(Stream.of("kubectl"), Stream.of(arguments)).toList();
      try {
        return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("out").toFile())
            .start()
            .waitFor();
      } catch (IOException e) {
        return -1;
      }
    }

    private String output() throws IOException {
      return Files.readString(directory.resolve("out"), StandardCharsets.UTF_8);
    }
  }

  @Nested
  class ABrokenObject {
    @ParameterizedTest
    @CsvSource({
      "flinkVersion: v2_3, flinkVersion: v9_9",
      "upgradeMode: savepoint, upgradeMode: hope",
      "entryClass:, entryclass:",
      "parallelism: 4, parallelism: four",
      "containerPort: 9249, containerports: 9249",
    })
    void ofFlinkIsRefused(String part, String replacement) {
      isRefused(JOB, part, replacement);
    }

    @ParameterizedTest
    @CsvSource({
      "base/gateway.yaml, secretName:, secretname:",
      "base/page.yaml, httpGet:, httpget:",
      "base/page.yaml, replicas: 1, replicas: one",
      "base/network.yaml, podSelector, podSelectors",
      "base/monitoring.yaml, interval:, intervals:",
      "training/base/finetune.yaml, restartPolicy, restart",
      "training/base/storage.yaml, accessModes, accessMode",
      "base/access.yaml, kind: RoleBinding, kind: RoleBond",
    })
    void ofKubernetesIsRefused(String file, String part, String replacement) {
      isRefused(ROOT + "/" + file, part, replacement);
    }

    private void isRefused(String file, String part, String replacement) {
      String text = Repository.text(file);
      assertThat(text).contains(part);
      assertThat(KubernetesObjects.parse(text.replaceFirst(part, replacement)))
          .flatMap(KubernetesObjects::problems)
          .isNotEmpty();
    }
  }
}
