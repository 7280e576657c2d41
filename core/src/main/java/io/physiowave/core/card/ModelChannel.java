package io.physiowave.core.card;

import java.util.List;
import java.util.Locale;

/**
 * One signal row of the model's input and the stream channels that may feed it.
 *
 * @param name the field's name for it, e.g. {@code II}
 * @param accepts channel names that may feed it, best first, compared without case; {@code "*"}
 *     stands for any channel that no other row has taken
 * @param required whether a stream without such a channel is refused; otherwise the row is zero
 */
public record ModelChannel(String name, List<String> accepts, boolean required) {
  /** Accepts any channel left over. */
  public static final String ANY = "*";

  public ModelChannel {
    if (name == null || name.isBlank()) {
      throw new InvalidModelCardException("channels: a name is blank");
    }
    if (accepts == null || accepts.isEmpty()) {
      throw new InvalidModelCardException(
          "channels: '" + name + "' accepts nothing; expected at least its own name");
    }
    accepts = List.copyOf(accepts);
  }

  /** A required channel fed only by a channel of the same name. */
  public static ModelChannel named(String name) {
    return new ModelChannel(name, List.of(name), true);
  }

  static String folded(String channel) {
    return channel.strip().toUpperCase(Locale.ROOT);
  }
}
