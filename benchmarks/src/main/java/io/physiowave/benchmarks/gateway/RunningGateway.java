package io.physiowave.benchmarks.gateway;

import io.physiowave.connectors.kafka.SignalTopic;
import io.physiowave.connectors.kafka.TopicCreation;
import io.physiowave.gateway.run.Gateway;
import io.physiowave.gateway.run.GatewayOptions;
import io.physiowave.quickstart.embedded.EmbeddedBroker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;

/** A Kafka broker and a gateway with its defaults in this process, on loopback. */
final class RunningGateway implements AutoCloseable {
  private static final int PARTITIONS = 4;
  private static final int TRIES = 1_200;
  private static final int PAUSE_MILLIS = 100;

  private final EmbeddedBroker broker;
  private final Gateway gateway;

  private RunningGateway(EmbeddedBroker broker) {
    this.broker = broker;
    TopicCreation.create(
        broker.bootstrapServers(),
        EnumSet.of(SignalTopic.FRAMES, SignalTopic.LABELS, SignalTopic.EVENTS),
        PARTITIONS,
        1);
    gateway = Gateway.start(GatewayOptions.local(0, broker.bootstrapServers()));
  }

  /** Starts both, and returns when the gateway says that it is healthy. */
  static RunningGateway start() throws InterruptedException {
    EmbeddedBroker broker = EmbeddedBroker.start(0);
    RunningGateway running;
    try {
      running = new RunningGateway(broker);
    } catch (RuntimeException e) {
      broker.close();
      throw e;
    }
    try {
      running.awaitHealth();
      return running;
    } catch (IllegalStateException | InterruptedException e) {
      running.close();
      throw e;
    }
  }

  private void awaitHealth() throws InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest health = HttpRequest.newBuilder(URI.create(address() + "/healthz")).build();
    for (int tries = 0; tries < TRIES; tries++) {
      try {
        if (client.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        throw new IllegalStateException("the gateway does not answer: " + e.getMessage(), e);
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
    throw new IllegalStateException("the gateway is not healthy after two minutes");
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** {@code http://host:port}. */
  String address() {
    return gateway.server().address();
  }

  @Override
  public void close() {
    try {
      gateway.close();
    } finally {
      broker.close();
    }
  }
}
