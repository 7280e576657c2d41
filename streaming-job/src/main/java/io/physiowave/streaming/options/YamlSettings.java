package io.physiowave.streaming.options;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads settings from a YAML file whose nesting follows the dots of their keys.
 *
 * <p>Values are taken as they are written: 00123 may be a password, and stays what it is.
 */
final class YamlSettings {
  private static final YAMLFactory FACTORY =
      YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Path file;
  private final Map<String, Setting<?>> known;
  private final Problems problems;
  private final Map<String, GivenValue> values = new HashMap<>();

  private YamlSettings(Path file, List<Setting<?>> known, Problems problems) {
    this.file = file;
    this.known = new HashMap<>();
    known.forEach(setting -> this.known.put(setting.key(), setting));
    this.problems = problems;
  }

  /** The file's settings; what cannot be read or is unknown is noted as a problem. */
  static SettingSource read(Path file, List<Setting<?>> known, Problems problems) {
    YamlSettings settings = new YamlSettings(file, known, problems);
    try (YAMLParser parser = FACTORY.createParser(Files.readString(file))) {
      if (parser.nextToken() != null) {
        settings.collect("", parser);
        if (parser.nextToken() != null) {
          problems.add(file + " holds a second document; expected one");
        }
      }
    } catch (JsonProcessingException e) {
      problems.add(file + " is not YAML: " + e.getOriginalMessage());
    } catch (IOException e) {
      problems.add("--config " + file + " cannot be read: " + reason(e));
    }
    return new SettingSource(file.toString(), settings.values);
  }

  private static String reason(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "no such file";
    }
    if (failure instanceof CharacterCodingException) {
      return "it is not UTF-8";
    }
    return failure instanceof AccessDeniedException ? "permission denied" : failure.getMessage();
  }

  /** Takes what stands at a key; the parser goes to its end. */
  private void collect(String key, YAMLParser parser) throws IOException {
    if (known.containsKey(key)) {
      GivenValue value = value(key, parser);
      if (values.put(key, value) != null) {
        problems.add(file + ": '" + key + "' stands there twice; expected once");
      }
    } else if (parser.currentToken() == JsonToken.START_OBJECT && isSection(key)) {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        collect(key.isEmpty() ? name : key + "." + name, parser);
      }
    } else if (!isNothing(parser) || !isSection(key)) {
      parser.skipChildren();
      problems.add(
          file
              + ": '"
              + key
              + "' is not an option of the job; "
              + NearestName.of(key, known.keySet())
                  .map(name -> "did you mean '" + name + "'?")
                  .orElse("--help lists them all"));
    }
  }

  private static boolean isNothing(YAMLParser parser) throws IOException {
    return parser.currentToken() == JsonToken.VALUE_NULL
        || (parser.currentToken() == JsonToken.VALUE_STRING && parser.getText().isEmpty());
  }

  private boolean isSection(String key) {
    return key.isEmpty() || known.keySet().stream().anyMatch(name -> name.startsWith(key + "."));
  }

  private GivenValue value(String key, YAMLParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      return new GivenValue.Items(items(key, parser));
    }
    if (parser.currentToken() == JsonToken.START_OBJECT && known.get(key).type().isMap()) {
      Map<String, String> pairs = new LinkedHashMap<>();
      addPairs(key, "", parser, pairs);
      return new GivenValue.Pairs(pairs);
    }
    return new GivenValue.Text(scalar(key, parser));
  }

  private List<String> items(String key, YAMLParser parser) throws IOException {
    List<String> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(scalar(key, parser));
    }
    return items;
  }

  /** Pairs of a map; nesting follows the dots of their names, and a list is a value with commas. */
  private void addPairs(String key, String prefix, YAMLParser parser, Map<String, String> pairs)
      throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = prefix + parser.currentName();
      JsonToken token = parser.nextToken();
      if (token == JsonToken.START_OBJECT) {
        addPairs(key, name + ".", parser, pairs);
      } else {
        String value =
            token == JsonToken.START_ARRAY
                ? String.join(",", items(key, parser))
                : scalar(key, parser);
        if (pairs.put(name, value) != null) {
          problems.add(file + ": '" + key + "' has " + name + " twice; expected once");
        }
      }
    }
  }

  private String scalar(String key, YAMLParser parser) throws IOException {
    if (parser.isCurrentAlias()) {
      problems.add(
          file + ": '" + key + "' refers to *" + parser.getText() + "; expected the value itself");
    } else if (parser.currentToken().isStructStart()) {
      problems.add(file + ": '" + key + "' holds a map or a list where a value is expected");
      parser.skipChildren();
      return "";
    }
    return parser.currentToken() == JsonToken.VALUE_NULL ? "" : parser.getText();
  }
}
