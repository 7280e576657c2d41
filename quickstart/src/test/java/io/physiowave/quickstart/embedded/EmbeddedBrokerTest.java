package io.physiowave.quickstart.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.physiowave.connectors.kafka.SignalTopic;
import io.physiowave.connectors.kafka.TopicCreation;
import io.physiowave.dashboard.server.DashboardOptions;
import io.physiowave.dashboard.server.DashboardServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EmbeddedBrokerTest {
  private static EmbeddedBroker broker;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.start(0);
  }

  @AfterAll
  static void stop() {
    Path storage = broker.storage();
    broker.close();
    assertThat(storage).doesNotExist();
  }

  @Test
  void servesTheTopicsOfADeployment() throws Exception {
    TopicCreation.createAll(broker.bootstrapServers(), 2, 1);

    try (Admin admin =
        Admin.create(
            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()))) {
      assertThat(admin.listTopics().names().get(10, TimeUnit.SECONDS))
          .contains(SignalTopic.FRAMES.topicName(), SignalTopic.LABELS.topicName());
    }
  }

  @Test
  void keepsItsStorageInItsOwnDirectory() {
    assertThat(broker.storage()).isDirectory();
    assertThat(Files.exists(broker.storage().resolve("meta.properties"))).isTrue();
  }

  @Test
  void refusesATakenPortByTheOptionThatChangesIt() {
    assertThatThrownBy(() -> EmbeddedBroker.start(broker.port()))
        .isInstanceOf(PortTakenException.class)
        .hasMessage(
            "port "
                + broker.port()
                + " for the Kafka broker is taken by another program; choose another with"
                + " --kafka-port PORT, or --kafka-port 0 for any free one");
  }

  @Test
  void isSeenByTheDashboard() throws Exception {
    TopicCreation.createAll(broker.bootstrapServers(), 2, 1);
    try (DashboardServer page =
        DashboardServer.start(DashboardOptions.local(0, broker.bootstrapServers()))) {
      HttpRequest health = HttpRequest.newBuilder(URI.create(page.address() + "/health")).build();
      HttpClient client = HttpClient.newHttpClient();

      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  client.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200);
    }
  }
}
