package io.physiowave.connectors.kafka;

import java.util.List;
import java.util.Objects;

/**
 * What a follower reads.
 *
 * @param bootstrapServers host:port, separated by commas
 * @param clientId what brokers call the follower
 * @param required topics that must be there before anything is read, one or more
 * @param optional topics that are read as soon as they are there
 */
public record FollowedTopics(
    String bootstrapServers, String clientId, List<String> required, List<String> optional) {
  public FollowedTopics {
    Objects.requireNonNull(bootstrapServers, "bootstrapServers");
    Objects.requireNonNull(clientId, "clientId");
    required = List.copyOf(required);
    optional = List.copyOf(optional);
    if (required.isEmpty()) {
      throw new IllegalArgumentException("no topic is to be followed; expected one or more");
    }
  }
}
