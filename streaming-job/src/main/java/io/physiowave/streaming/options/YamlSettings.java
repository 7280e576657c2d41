package io.physiowave.streaming.options;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** Reads settings from a YAML file whose nesting follows the dots of their keys. */
final class YamlSettings {
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

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
      if (texts.put(path, text(node, known.get(path).type())) != null) {
        problems.add(file + ": '" + path + "' stands there twice; expected once");
      }
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

  private static String text(JsonNode node, SettingType<?> type) {
    if (!node.isContainerNode()) {
      return scalar(node);
    }
    List<String> values = new ArrayList<>();
    addValues("", node, values);
    return type.holdsSeveral()
        ? values.stream()
            .map(value -> value + SettingType.END_OF_VALUE)
            .collect(Collectors.joining())
        : String.join(",", values);
  }

  /** A list's items, or a map's pairs; in a map, nesting follows the dots of its keys. */
  private static void addValues(String key, JsonNode node, List<String> values) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              field ->
                  addValues(
                      key.isEmpty() ? field.getKey() : key + "." + field.getKey(),
                      field.getValue(),
                      values));
    } else if (!key.isEmpty()) {
      values.add(key + "=" + (node.isArray() ? listed(node) : scalar(node)));
    } else if (node.isArray()) {
      node.forEach(item -> values.add(scalar(item)));
    }
  }

  /** A list as the value of one of Kafka's properties. */
  private static String listed(JsonNode list) {
    StringJoiner joined = new StringJoiner(",");
    list.forEach(item -> joined.add(scalar(item)));
    return joined.toString();
  }

  private static String scalar(JsonNode node) {
    return node.isNull() ? "" : node.asText();
  }
}
