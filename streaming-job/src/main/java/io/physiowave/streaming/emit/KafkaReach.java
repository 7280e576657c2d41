package io.physiowave.streaming.emit;

import io.physiowave.connectors.kafka.KafkaUnavailableException;
import io.physiowave.streaming.options.KafkaOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Asks, before a job starts, whether Kafka is there: a running job would ask for ever. */
public final class KafkaReach {
  private KafkaReach() {}

  /**
   * Checks brokers and the topics that are read.
   *
   * @param patience how long brokers may take to answer
   * @throws KafkaUnavailableException when none answers
   * @throws IllegalArgumentException when a topic that is read does not exist
   */
  public static void check(KafkaOptions kafka, Duration patience) {
    Map<String, Object> settings = new HashMap<>(kafka.properties());
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    int millis = (int) patience.toMillis();
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
    List<String> wanted = new ArrayList<>(List.of(kafka.framesTopic()));
    kafka.modelsTopic().ifPresent(wanted::add);
    try (Admin admin = Admin.create(settings)) {
      Set<String> existing = admin.listTopics().names().get();
      wanted.removeAll(existing);
    } catch (ExecutionException e) {
      throw new KafkaUnavailableException(
          "no Kafka broker answers at "
              + kafka.bootstrapServers()
              + " within "
              + patience.toSeconds()
              + " s; check kafka.bootstrap-servers ("
              + e.getCause().getMessage()
              + ")",
          e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking Kafka for its topics", e);
    }
    if (!wanted.isEmpty()) {
      throw new IllegalArgumentException(
          "Kafka at "
              + kafka.bootstrapServers()
              + " has no topic "
              + String.join(", ", wanted)
              + ", which the job reads; create it first");
    }
  }
}
