package io.physiowave.streaming.options;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a source gives for a setting, before it is read as the setting's type. */
sealed interface GivenValue {
  /** As people write it; several values with commas between them. */
  String text();

  /** A flag, an environment variable, or one value of the file. */
  record Text(String text) implements GivenValue {
    public Text {
      text = text.strip();
    }
  }

  /** A list of the file; its items may hold commas. */
  record Items(List<String> items) implements GivenValue {
    public Items {
      items = List.copyOf(items);
    }

    @Override
    public String text() {
      return String.join(",", items);
    }
  }

  /** A map of the file, only for settings that hold pairs; its values may hold any character. */
  record Pairs(Map<String, String> pairs) implements GivenValue {
    public Pairs {
      pairs = Collections.unmodifiableMap(new LinkedHashMap<>(pairs));
    }

    @Override
    public String text() {
      return pairs.entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(","));
    }
  }
}
