package io.physiowave.core.json;

import com.fasterxml.jackson.databind.JsonMappingException;

/** One line for people of what Jackson throws. */
public final class JsonMessages {
  private JsonMessages() {}

  /** What is wrong, and where in the text: {@code ... at labels.2.offset}. */
  public static String of(JsonMappingException e) {
    return e.getPath().isEmpty()
        ? e.getOriginalMessage()
        : e.getOriginalMessage() + " at " + path(e);
  }

  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference reference : e.getPath()) {
      if (!path.isEmpty()) {
        path.append('.');
      }
      path.append(
          reference.getFieldName() != null ? reference.getFieldName() : reference.getIndex());
    }
    return path.toString();
  }
}
