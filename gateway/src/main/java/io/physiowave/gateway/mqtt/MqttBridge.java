package io.physiowave.gateway.mqtt;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientState;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import io.physiowave.core.frame.RejectionReason;
import io.physiowave.gateway.access.Grant;
import io.physiowave.gateway.intake.Answer;
import io.physiowave.gateway.intake.AnswerJson;
import io.physiowave.gateway.intake.ByteBudget;
import io.physiowave.gateway.intake.FrameIntake;
import io.physiowave.gateway.intake.Submission;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the frames that devices publish at a broker of MQTT 5.
 *
 * <p>A message is acknowledged when Kafka has its frame, or when its refusal is published; until
 * then the broker keeps it, and gives it to another gateway of the group or to this one when it
 * comes back. What Kafka does not confirm is tried again for ever, before any later frame of its
 * stream. So with QoS 1 nothing is lost, and some frames may come twice. The broker sends no more
 * than a window of messages that are not acknowledged; messages with QoS 0, which nobody
 * acknowledges, take at most {@value #MAXIMUM_UNACKNOWLEDGED_BYTES} bytes, and further ones are
 * dropped.
 */
public final class MqttBridge implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MqttBridge.class);

  /** A text that is too long is still heard, so that it can be refused. */
  private static final int MAXIMUM_PACKET_BYTES = 5_000_000;

  /** Most bytes of messages that no window bounds. */
  static final long MAXIMUM_UNACKNOWLEDGED_BYTES = 16_000_000;

  private static final Duration FIRST_RECONNECT = Duration.ofMillis(250);
  private static final Duration LAST_RECONNECT = Duration.ofSeconds(15);
  private static final Duration SUBSCRIBE_AGAIN = Duration.ofSeconds(5);
  private static final long CLOSE_SECONDS = 5;

  private final MqttOptions options;
  private final FrameIntake intake;
  private final Mqtt5AsyncClient client;
  private final ByteBudget unacknowledged = new ByteBudget(MAXIMUM_UNACKNOWLEDGED_BYTES);
  private final Map<Long, CompletableFuture<Void>> refusals = new ConcurrentHashMap<>();
  private final AtomicLong refused = new AtomicLong();
  private final StreamOrder<Message> order = new StreamOrder<>(this::send, this::settle);
  private final AtomicBoolean subscribing = new AtomicBoolean();
  private volatile boolean subscribed;
  private volatile boolean closing;
  private volatile boolean closed;
  private volatile boolean dropping;
  private volatile String trouble = "";

  private MqttBridge(MqttOptions options, FrameIntake intake) {
    this.options = options;
    this.intake = intake;
    var builder =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier(options.clientId())
            .serverHost(options.server().getHost())
            .serverPort(options.port())
            .automaticReconnect()
            .initialDelay(FIRST_RECONNECT.toMillis(), TimeUnit.MILLISECONDS)
            .maxDelay(LAST_RECONNECT.toMillis(), TimeUnit.MILLISECONDS)
            .applyAutomaticReconnect()
            .addConnectedListener(context -> connected())
            .addDisconnectedListener(this::disconnected);
    if (options.isEncrypted()) {
      builder = builder.sslConfig(BrokerTrust.of(options.certificates()));
    }
    if (options.login().isPresent()) {
      MqttLogin login = options.login().get();
      builder =
          builder
              .simpleAuth()
              .username(login.user())
              .password(login.password().getBytes(StandardCharsets.UTF_8))
              .applySimpleAuth();
    }
    client = builder.buildAsync();
  }

  /**
   * A bridge that takes nothing yet.
   *
   * @throws IllegalArgumentException when a file of certificates holds none
   */
  public static MqttBridge prepare(MqttOptions options, FrameIntake intake) {
    return new MqttBridge(options, intake);
  }

  /** Begins to take frames; the broker need not be there, and is tried again until it is. */
  @SuppressWarnings("FutureReturnValueIgnored") // listeners hear of every attempt
  public void start() {
    // Before the first connection: a session that is resumed sends at once.
    client.publishes(MqttGlobalPublishFilter.ALL, this::take, true);
    client.connect(
        Mqtt5Connect.builder()
            .cleanStart(false)
            .sessionExpiryInterval(options.sessionExpiry().toSeconds())
            .restrictions()
            .receiveMaximum(options.window())
            .maximumPacketSize(MAXIMUM_PACKET_BYTES)
            .applyRestrictions()
            .build());
  }

  /** Whether the broker is connected and sends what devices publish. */
  public boolean isConnected() {
    return subscribed && client.getState().isConnected();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // listeners hear of it
  private void connected() {
    trouble = "";
    if (closed) {
      leave();
    } else {
      subscribe();
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // handled to its end
  private void subscribe() {
    client
        .subscribeWith()
        .topicFilter(options.topics().filter())
        .qos(MqttQos.AT_LEAST_ONCE)
        .send()
        .whenComplete(
            (granted, failure) -> {
              subscribed = failure == null;
              if (subscribed) {
                LOG.info("{} at {}", options.topics().filter(), options.server());
              } else {
                subscribeLater(failure);
              }
            });
  }

  /** A broker whose rules are mended does not tell whom it has refused before. */
  private void subscribeLater(Throwable failure) {
    String now =
        failure instanceof Mqtt5SubAckException refused
            ? refused.getMqttMessage().getReasonCodes().toString()
            : String.valueOf(failure.getMessage());
    if (!closing && !now.equals(trouble)) {
      trouble = now;
      LOG.error(
          "{} cannot be subscribed to at {}, trying again: {}",
          options.topics().filter(),
          options.server(),
          now);
    }
    if (subscribing.compareAndSet(false, true)) {
      CompletableFuture.delayedExecutor(SUBSCRIBE_AGAIN.toMillis(), TimeUnit.MILLISECONDS)
          .execute(this::subscribeAgain);
    }
  }

  private void subscribeAgain() {
    subscribing.set(false);
    // Who connects again subscribes then.
    if (!closing && !subscribed && client.getState().isConnected()) {
      subscribe();
    }
  }

  /** Said once for each kind of trouble, though it is met at every attempt. */
  private void disconnected(MqttClientDisconnectedContext context) {
    subscribed = false;
    if (closed) {
      context.getReconnector().reconnect(false);
      return;
    }
    String now = String.valueOf(context.getCause().getMessage());
    if (!closing && !now.equals(trouble)) {
      trouble = now;
      LOG.warn("no connection to {}, trying again: {}", options.server(), now);
    }
  }

  private void take(Mqtt5Publish message) {
    String topic = message.getTopic().toString();
    Optional<String> stream = options.topics().stream(topic);
    if (closing) {
      return;
    }
    if (stream.isEmpty()) {
      LOG.warn("a message on {}, which nobody asked for, is dropped", topic);
      message.acknowledge();
      return;
    }
    if (message.getQos() == MqttQos.AT_MOST_ONCE
        && !unacknowledged.tryTake(message.getPayloadAsBytes().length)) {
      drop(topic);
      return;
    }
    order.take(stream.get(), new Message(stream.get(), message));
  }

  /** Said once for each time that there is no room. */
  private void drop(String topic) {
    if (!dropping) {
      dropping = true;
      LOG.warn(
          "messages with QoS 0 are dropped, the first on {}: {} bytes of them wait already",
          topic,
          unacknowledged.used());
    }
  }

  /** A message and the stream whose topic it came on. */
  private record Message(String stream, Mqtt5Publish publish) {}

  private List<CompletableFuture<Answer>> send(List<Message> messages) {
    return messages.stream().map(this::send).toList();
  }

  /** Whatever is wrong with one message: what it throws, the client would give no more after. */
  private CompletableFuture<Answer> send(Message message) {
    try {
      return intake.take(submission(message.publish()), Grant.only(message.stream()));
    } catch (RuntimeException e) {
      LOG.error("a frame of {} is refused, as the gateway fails at it", message.stream(), e);
      return CompletableFuture.completedFuture(
          new Answer.Refused(
              RejectionReason.INVALID.code(),
              "the gateway cannot read the frame: " + e.getMessage(),
              Optional.empty()));
    }
  }

  private void settle(Message message, Answer answer) {
    if (message.publish().getQos() == MqttQos.AT_MOST_ONCE) {
      unacknowledged.give(message.publish().getPayloadAsBytes().length);
      dropping = false;
    }
    if (answer instanceof Answer.Refused) {
      refuse(message.publish(), message.stream(), answer);
    } else {
      message.publish().acknowledge();
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // handled to its end
  private void refuse(Mqtt5Publish message, String stream, Answer answer) {
    CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    Long number = refused.incrementAndGet();
    refusals.put(number, acknowledged);
    publish(options.topics().refusals(stream), AnswerJson.of(answer))
        .whenComplete(
            (sent, failure) -> {
              if (failure != null) {
                LOG.warn("a refusal cannot be published: {}", failure.getMessage());
              }
              message.acknowledge();
              refusals.remove(number);
              acknowledged.complete(null);
            });
  }

  private CompletableFuture<Mqtt5PublishResult> publish(String topic, String json) {
    try {
      return client
          .publishWith()
          .topic(topic)
          .qos(MqttQos.AT_LEAST_ONCE)
          .contentType("application/json")
          .payload(json.getBytes(StandardCharsets.UTF_8))
          .send();
    } catch (IllegalArgumentException e) {
      // It may be longer than the one that the frame came on, and than a topic may be.
      return CompletableFuture.failedFuture(e);
    }
  }

  /** By content type, else by the first byte, which is never a protobuf frame's. */
  private static Submission submission(Mqtt5Publish message) {
    byte[] payload = message.getPayloadAsBytes();
    String type = message.getContentType().map(Object::toString).orElse("");
    boolean isJson =
        type.startsWith("application/json")
            || (type.isEmpty() && payload.length > 0 && payload[0] == '{');
    return isJson ? Submission.json(payload) : Submission.protobuf(payload);
  }

  /** Takes no more frames; what was taken is still acknowledged. */
  public void stopTaking() {
    closing = true;
    order.close();
  }

  /** Leaves the broker, which keeps what was not acknowledged. */
  @Override
  public void close() {
    stopTaking();
    if (isConnected()) {
      await(CompletableFuture.allOf(refusals.values().toArray(CompletableFuture[]::new)));
    }
    closed = true;
    await(leave());
  }

  /**
   * Disconnects; fails while there is no connection. An attempt to connect that is under way then
   * is the last.
   */
  private CompletableFuture<Void> leave() {
    return client.disconnect();
  }

  /** Whether it neither is connected nor will be. */
  boolean hasLeft() {
    return client.getState() == MqttClientState.DISCONNECTED;
  }

  private void await(CompletableFuture<Void> done) {
    try {
      done.get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("not connected to {}", options.server(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
