package io.physiowave.architecture;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder that {@code kubectl apply -k} takes.
 *
 * @param folder from the repository's root
 * @param tree of its kustomization.yaml
 */
record Kustomization(String folder, JsonNode tree) {
  private static final Set<String> KEYS =
      Set.of("apiVersion", "kind", "namespace", "resources", "patches", "configMapGenerator");

  static Kustomization read(String folder) {
    return new Kustomization(
        folder, KubernetesObjects.parse(Repository.text(folder + "/kustomization.yaml")).get(0));
  }

  /** Every one below a folder. */
  static List<Kustomization> below(String folder) {
    try (Stream<Path> files = Files.walk(Repository.root().resolve(folder))) {
      return files
          .filter(file -> file.endsWith("kustomization.yaml"))
          .map(file -> Repository.root().relativize(file.getParent()))
          .map(path -> read(path.toString().replace('\\', '/')))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The objects of its own files, without those of the folders it rests on. */
  List<JsonNode> objects() {
    return files("resources").stream()
        .filter(file -> file.endsWith(".yaml"))
        .flatMap(file -> KubernetesObjects.parse(Repository.text(file)).stream())
        .toList();
  }

  /** Its patches: parts of objects, to be laid over those of the same kind and name. */
  List<JsonNode> patches() {
    return files("patches").stream()
        .flatMap(file -> KubernetesObjects.parse(Repository.text(file)).stream())
        .toList();
  }

  /** Own objects and those of the folders it rests on. */
  List<JsonNode> allObjects() {
    List<JsonNode> objects = new ArrayList<>(objects());
    files("resources").stream()
        .filter(file -> !file.endsWith(".yaml"))
        .forEach(base -> objects.addAll(read(base).allObjects()));
    return objects;
  }

  /** The variables of its generated config map. */
  Map<String, String> variables() {
    Map<String, String> variables = new TreeMap<>();
    for (JsonNode generator : tree.path("configMapGenerator")) {
      for (JsonNode file : generator.path("envs")) {
        Repository.text(folder + "/" + file.asText())
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(line -> line.split("=", 2))
            .forEach(parts -> variables.put(parts[0], parts[1]));
      }
    }
    return variables;
  }

  /** Files and folders that it names, from the repository's root. */
  List<String> files(String key) {
    List<String> paths = new ArrayList<>();
    for (JsonNode entry : tree.path(key)) {
      String name = entry.isTextual() ? entry.asText() : entry.path("path").asText();
      paths.add(Path.of(folder, name).normalize().toString().replace('\\', '/'));
    }
    return paths;
  }

  /** All that is wrong; empty when nothing is. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    tree.fieldNames()
        .forEachRemaining(
            key -> {
              if (!KEYS.contains(key)) {
                problems.add(folder + ": key " + key + " is not one that the tests know");
              }
            });
    Stream.of("resources", "patches")
        .flatMap(key -> files(key).stream())
        .filter(path -> !Repository.holds(path))
        .forEach(path -> problems.add(folder + ": names " + path + ", which is not there"));
    if (!problems.isEmpty()) {
      return problems;
    }
    Set<String> known =
        allObjects().stream().map(Kustomization::identity).collect(Collectors.toSet());
    for (JsonNode patch : patches()) {
      if (!known.contains(identity(patch))) {
        problems.add(folder + ": patches " + identity(patch) + ", which is not there");
      }
    }
    return problems;
  }

  private static String identity(JsonNode object) {
    return object.path("apiVersion").asText()
        + " "
        + object.path("kind").asText()
        + " "
        + object.at("/metadata/name").asText();
  }
}
