package io.physiowave.architecture;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Holds Kubernetes objects against their definitions: those of Kubernetes and the Prometheus
 * Operator against the fabric8 model, a FlinkDeployment against the definition that the Flink
 * Kubernetes Operator installs. A field that they do not know is a problem, as it is not for a
 * cluster, which drops it.
 */
final class KubernetesObjects {
  private static final Map<String, Class<?>> TYPES =
      Map.ofEntries(
          Map.entry("v1 Namespace", Namespace.class),
          Map.entry("v1 ConfigMap", ConfigMap.class),
          Map.entry("v1 Service", Service.class),
          Map.entry("v1 ServiceAccount", ServiceAccount.class),
          Map.entry("v1 PersistentVolumeClaim", PersistentVolumeClaim.class),
          Map.entry("apps/v1 Deployment", Deployment.class),
          Map.entry("batch/v1 Job", Job.class),
          Map.entry("networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class),
          Map.entry("rbac.authorization.k8s.io/v1 Role", Role.class),
          Map.entry("rbac.authorization.k8s.io/v1 RoleBinding", RoleBinding.class),
          Map.entry("monitoring.coreos.com/v1 PodMonitor", PodMonitor.class));

  private static final String FLINK = "flink.apache.org/v1beta1 FlinkDeployment";
  private static final String DEFINITION =
      "/META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml";

  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .setAnnotationIntrospector(new WithoutCatchAll());

  private static final Schema FLINK_DEPLOYMENT = flinkDeployment();

  private KubernetesObjects() {}

  /** The documents of a YAML text. */
  static List<JsonNode> parse(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    List<JsonNode> documents = new ArrayList<>();
    for (Object document : new Yaml(new SafeConstructor(options)).loadAll(text)) {
      documents.add(new ObjectMapper().valueToTree(document));
    }
    return documents;
  }

  /** What is wrong with an object; empty when nothing is. */
  static List<String> problems(JsonNode object) {
    String type = object.path("apiVersion").asText() + " " + object.path("kind").asText();
    String name = type + " " + object.at("/metadata/name").asText("without a name");
    if (type.equals(FLINK)) {
      return FLINK_DEPLOYMENT.validate(object).stream()
          .map(error -> name + error.getInstanceLocation() + ": " + error.getMessage())
          .toList();
    }
    if (!TYPES.containsKey(type)) {
      return List.of(name + ": no such kind of object is expected here");
    }
    try {
      STRICT.treeToValue(object, TYPES.get(type));
      return List.of();
    } catch (IOException e) {
      return List.of(name + ": " + e.getMessage().lines().findFirst().orElse(""));
    }
  }

  /** The model's classes keep unknown fields in a map of their own, which hides misspellings. */
  private static final class WithoutCatchAll extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public Boolean hasAnySetter(Annotated member) {
      return false;
    }
  }

  private static Schema flinkDeployment() {
    try (InputStream in = KubernetesObjects.class.getResourceAsStream(DEFINITION)) {
      JsonNode schema =
          parse(new String(in.readAllBytes(), StandardCharsets.UTF_8))
              .get(0)
              .at("/spec/versions/0/schema/openAPIV3Schema");
      close(schema);
      ObjectNode root = (ObjectNode) schema;
      ((ObjectNode) root.path("properties"))
          .set("apiVersion", new ObjectMapper().readTree("{\"type\": \"string\"}"));
      ((ObjectNode) root.path("properties"))
          .set("kind", new ObjectMapper().readTree("{\"type\": \"string\"}"));
      ((ObjectNode) root.path("properties"))
          .set("metadata", new ObjectMapper().readTree("{\"type\": \"object\"}"));
      // This definition is older than the Flink of the pom; a newer operator adds its versions
      // here.
      ((ArrayNode) root.at("/properties/spec/properties/flinkVersion/enum")).add(flinkVersion());
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4).getSchema(schema);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How the operator names the Flink of the pom, e.g. {@code v2_3}. */
  static String flinkVersion() {
    String[] numbers = Repository.pomValue("flink.version").split("\\.");
    return "v" + numbers[0] + "_" + numbers[1];
  }

  /** Lets no object have a property beyond those listed, unless it is a map. */
  private static void close(JsonNode schema) {
    if (schema instanceof ObjectNode object
        && object.path("properties").isObject()
        && !object.has("additionalProperties")
        && !object.has("x-kubernetes-preserve-unknown-fields")) {
      object.put("additionalProperties", false);
    }
    schema.forEach(KubernetesObjects::close);
  }
}
