package io.physiowave.architecture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A compose file, and what is wrong with the way it runs its services.
 *
 * @param tree the whole file, anchors and merges resolved
 */
record ComposeFile(JsonNode tree) {

  static ComposeFile parse(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    // Jackson's own YAML reader leaves anchors and merge keys as they stand.
    Object content = new Yaml(new SafeConstructor(options)).load(text);
    return new ComposeFile(new ObjectMapper().valueToTree(content));
  }

  /** Services by name. */
  Map<String, JsonNode> services() {
    Map<String, JsonNode> services = new TreeMap<>();
    tree.path("services").properties().forEach(e -> services.put(e.getKey(), e.getValue()));
    return services;
  }

  JsonNode service(String name) {
    return tree.path("services").path(name);
  }

  /** Environment of a service. */
  Map<String, String> environment(String service) {
    Map<String, String> variables = new TreeMap<>();
    service(service)
        .path("environment")
        .properties()
        .forEach(e -> variables.put(e.getKey(), e.getValue().asText()));
    return variables;
  }

  /** The elements of a list, or the one text. */
  static List<String> words(JsonNode list) {
    List<String> words = new ArrayList<>();
    if (list.isTextual()) {
      words.add(list.asText());
    }
    list.elements().forEachRemaining(word -> words.add(word.asText()));
    return words;
  }

  /** All that is wrong; empty when nothing is. */
  List<String> problems() {
    List<String> problems = new ArrayList<>(ComposeSchema.problems(tree));
    services()
        .forEach(
            (name, service) -> {
              List<String> found = new ArrayList<>(StartedClasses.problems(command(service)));
              run(service, found);
              references(service, found);
              found.forEach(problem -> problems.add(name + ": " + problem));
            });
    return problems;
  }

  static List<String> command(JsonNode service) {
    return words(service.path("command"));
  }

  private static void run(JsonNode service, List<String> problems) {
    Images.problem(service.path("image").asText()).ifPresent(problems::add);
    if (!Images.isUnprivileged(service.path("user").asText())) {
      problems.add("user is '" + service.path("user").asText() + "', which is root");
    }
    String restart = service.path("restart").asText();
    if (!restart.matches("unless-stopped|always|on-failure")) {
      problems.add("restart policy is '" + restart + "'");
    }
    boolean ends = restart.equals("on-failure");
    if (!ends && words(service.path("healthcheck").path("test")).size() < 2) {
      problems.add("a long-running service has no health check");
    }
    if (!service.at("/deploy/resources/limits/memory").asText().matches("\\d+[MG]")) {
      problems.add("no memory limit in M or G");
    }
    for (String port : words(service.path("ports"))) {
      if (!port.startsWith("127.0.0.1:")) {
        problems.add("port " + port + " is open to other machines");
      }
    }
    List<String> secrets = words(service.path("secrets"));
    for (Map.Entry<String, JsonNode> variable : service.path("environment").properties()) {
      boolean fromFile =
          variable.getKey().endsWith("__FILE")
              && secrets.stream()
                  .map("/run/secrets/"::concat)
                  .anyMatch(variable.getValue().asText()::equals);
      if (variable.getKey().matches(".*(PASSWORD|SECRET|TOKEN).*") && !fromFile) {
        problems.add("holds the secret " + variable.getKey());
      }
    }
  }

  private void references(JsonNode service, List<String> problems) {
    JsonNode dockerfile = service.path("build").path("dockerfile");
    if (service.has("build") && !Repository.holds(dockerfile.asText("Dockerfile"))) {
      problems.add("is built from " + dockerfile + ", which the repository does not have");
    } else if (service.at("/build/target").isTextual()) {
      String target = service.at("/build/target").asText();
      if (!Dockerfile.parse("", Repository.text(dockerfile.asText())).stages().contains(target)) {
        problems.add("is built up to the stage " + target + ", which the Dockerfile does not have");
      }
    }
    service
        .path("depends_on")
        .fieldNames()
        .forEachRemaining(
            other -> {
              if (service(other).isMissingNode()) {
                problems.add("waits for " + other + ", which is no service");
              }
            });
    for (String secret : words(service.path("secrets"))) {
      if (!tree.path("secrets").has(secret)) {
        problems.add("reads the secret " + secret + ", which the file does not define");
      }
    }
    for (String mount : words(service.path("volumes"))) {
      String source = mount.split(":", 2)[0];
      if (!tree.path("volumes").has(source) && !Repository.holds(source)) {
        problems.add("mounts " + source + ", which is neither a volume nor a path");
      }
    }
  }
}
