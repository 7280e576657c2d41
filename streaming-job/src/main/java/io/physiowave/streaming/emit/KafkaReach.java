package io.physiowave.streaming.emit;

import io.physiowave.connectors.kafka.KafkaUnavailableException;
import io.physiowave.connectors.kafka.TopicCreation;
import io.physiowave.streaming.options.KafkaOptions;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks, before a job starts, whether Kafka is there, has the job's topics, and takes its
 * transactions: a running job would ask for ever, or fail in the middle.
 */
public final class KafkaReach {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaReach.class);
  private static final String AUTO_CREATION = "auto.create.topics.enable";

  private KafkaReach() {}

  /**
   * Checks brokers and topics. Topics that the job writes are created where the brokers would do so
   * by themselves.
   *
   * @param checkpoints the time between the job's checkpoints
   * @param patience how long brokers may take to answer
   * @throws KafkaUnavailableException when none answers
   * @throws IllegalArgumentException when a topic does not exist, the message names it and the
   *     command that creates it; or when the brokers do not take transactions as long as the
   *     audit's, or another job has the same
   */
  public static void check(KafkaOptions kafka, Duration checkpoints, Duration patience) {
    Map<String, Object> settings = new HashMap<>(kafka.properties());
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    int millis = (int) patience.toMillis();
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
    try (Admin admin = Admin.create(settings)) {
      Set<String> existing = admin.listTopics().names().get();
      List<JobTopic> missing =
          JobTopic.of(kafka).stream().filter(topic -> !existing.contains(topic.name())).toList();
      List<JobTopic> read = missing.stream().filter(JobTopic::isRead).toList();
      if (!read.isEmpty()) {
        throw missing(kafka, read, "reads");
      }
      if (!missing.isEmpty()) {
        if (!createsTopics(admin)) {
          throw missing(kafka, missing, "writes");
        }
        create(admin, missing);
      }
      if (kafka.audit()) {
        AuditTransactions.check(kafka, checkpoints, admin);
      }
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
  }

  private static IllegalArgumentException missing(
      KafkaOptions kafka, List<JobTopic> topics, String does) {
    return new IllegalArgumentException(
        "Kafka at "
            + kafka.bootstrapServers()
            + " has no topic "
            + String.join(", ", topics.stream().map(JobTopic::name).toList())
            + ", which the job "
            + does
            + "; create it first: "
            + String.join(
                " && ",
                topics.stream().map(topic -> topic.command(kafka.bootstrapServers())).toList()));
  }

  /** Whether brokers create topics by themselves; not where they do not say so. */
  private static boolean createsTopics(Admin admin) throws InterruptedException {
    return brokerSetting(admin, AUTO_CREATION).map(Boolean::parseBoolean).orElse(false);
  }

  /** A setting of the brokers, unless they do not tell. */
  static Optional<String> brokerSetting(Admin admin, String name) throws InterruptedException {
    try {
      Collection<Node> brokers = admin.describeCluster().nodes().get();
      Optional<Node> broker = brokers.stream().findFirst();
      if (broker.isEmpty()) {
        return Optional.empty();
      }
      ConfigResource asked =
          new ConfigResource(ConfigResource.Type.BROKER, broker.get().idString());
      Config answer = admin.describeConfigs(List.of(asked)).all().get().get(asked);
      return Optional.ofNullable(answer.get(name)).map(ConfigEntry::value);
    } catch (ExecutionException e) {
      LOG.debug("the brokers do not tell {}", name, e);
      return Optional.empty();
    }
  }

  private static void create(Admin admin, List<JobTopic> topics) {
    TopicCreation.create(
        admin,
        topics.stream()
            .map(
                topic ->
                    new NewTopic(topic.name(), Optional.empty(), Optional.empty())
                        .configs(topic.settings()))
            .toList());
    LOG.info(
        "created topics {} with the brokers' number of partitions",
        topics.stream().map(JobTopic::name).toList());
  }
}
