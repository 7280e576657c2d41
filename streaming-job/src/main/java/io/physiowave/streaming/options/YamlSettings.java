package io.physiowave.streaming.options;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Reads settings from a YAML file whose nesting follows the dots of their keys. */
final class YamlSettings {
  private static final YAMLMapper MAPPER = new YAMLMapper();

  private YamlSettings() {}

  /** The file's settings; what cannot be read or is unknown is noted as a problem. */
  static SettingSource read(Path file, List<Setting<?>> known, Problems problems) {
    Map<String, Setting<?>> byKey = new HashMap<>();
    known.forEach(setting -> byKey.put(setting.key(), setting));
    Map<String, String> texts = new HashMap<>();
    try {
      JsonNode root = MAPPER.readTree(Files.readString(file));
      if (root != null && !root.isMissingNode() && !root.isNull()) {
        collect("", root, file, byKey, texts, problems);
      }
    } catch (JsonProcessingException e) {
      problems.add(file + " is not YAML: " + e.getOriginalMessage());
    } catch (IOException e) {
      problems.add("--config " + file + " cannot be read: " + reason(e));
    }
    return new SettingSource(file.toString(), texts);
  }

  private static String reason(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "no such file";
    }
    return failure instanceof AccessDeniedException ? "permission denied" : failure.getMessage();
  }

  private static void collect(
      String path,
      JsonNode node,
      Path file,
      Map<String, Setting<?>> known,
      Map<String, String> texts,
      Problems problems) {
    if (known.containsKey(path)) {
      texts.put(path, text(node));
    } else if (node.isObject() && isSection(path, known)) {
      node.properties()
          .forEach(
              field ->
                  collect(
                      path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                      field.getValue(),
                      file,
                      known,
                      texts,
                      problems));
    } else if (!node.isNull() || !isSection(path, known)) {
      problems.add(
          file
              + ": '"
              + path
              + "' is not an option of the job; "
              + NearestName.of(path, known.keySet())
                  .map(name -> "did you mean '" + name + "'?")
                  .orElse("--help lists them all"));
    }
  }

  private static boolean isSection(String path, Map<String, Setting<?>> known) {
    return path.isEmpty() || known.keySet().stream().anyMatch(key -> key.startsWith(path + "."));
  }

  private static String text(JsonNode node) {
    StringJoiner joined = new StringJoiner(",");
    if (node.isArray()) {
      node.forEach(item -> joined.add(item.asText()));
      return joined.toString();
    }
    if (node.isObject()) {
      node.properties()
          .forEach(field -> joined.add(field.getKey() + "=" + field.getValue().asText()));
      return joined.toString();
    }
    return node.isNull() ? "" : node.asText();
  }
}
