package io.physiowave.gateway.mqtt;

import java.util.List;
import java.util.Optional;

/**
 * The topics on which devices publish frames: a filter in which one level is {@code +}, where a
 * topic has the stream's id. So the broker's own rules, of who may publish where, hold for streams.
 *
 * @param filter as the broker takes it; {@code $share/GROUP/} before it shares the frames among the
 *     gateways of a group
 */
public record FrameTopics(String filter) {
  /** Unless told otherwise. */
  public static final FrameTopics DEFAULT =
      new FrameTopics("$share/physiowave/physiowave/+/frames");

  private static final String SHARE = "$share/";
  private static final String REFUSED = "refused";

  public FrameTopics {
    List<String> levels = levels(filter);
    long streams = levels.stream().filter("+"::equals).count();
    boolean hasOther = levels.stream().anyMatch(level -> level.matches(".+[+#].*|.*[+#].+|#"));
    if (streams != 1 || hasOther) {
      throw new IllegalArgumentException(
          "the MQTT topic is '"
              + filter
              + "'; expected one level + where the stream's id stands, and no #, e.g."
              + " $share/physiowave/physiowave/+/frames");
    }
    int stream = levels.indexOf("+");
    if (levels.size() == stream + 2 && levels.get(stream + 1).equals(REFUSED)) {
      throw new IllegalArgumentException(
          "the MQTT topic is '" + filter + "', where the gateway answers; expected another");
    }
  }

  private static List<String> levels(String filter) {
    String topics = filter;
    if (filter.startsWith(SHARE)) {
      int end = filter.indexOf('/', SHARE.length());
      topics = end < 0 ? "" : filter.substring(end + 1);
    }
    return List.of(topics.split("/", -1));
  }

  /** The stream whose topic it is; empty for a topic that is not among these. */
  Optional<String> stream(String topic) {
    List<String> wanted = levels(filter);
    List<String> levels = List.of(topic.split("/", -1));
    if (levels.size() != wanted.size()) {
      return Optional.empty();
    }
    for (int i = 0; i < levels.size(); i++) {
      if (!wanted.get(i).equals("+") && !wanted.get(i).equals(levels.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(levels.get(wanted.indexOf("+")));
  }

  /** Where the refusals of a stream's frames go, e.g. {@code physiowave/wearable-7/refused}. */
  String refusals(String stream) {
    List<String> levels = levels(filter);
    List<String> before = levels.subList(0, levels.indexOf("+"));
    String prefix = before.isEmpty() ? "" : String.join("/", before) + "/";
    return prefix + stream + "/" + REFUSED;
  }
}
