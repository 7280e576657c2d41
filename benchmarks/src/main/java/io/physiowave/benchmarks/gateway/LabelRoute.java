package io.physiowave.benchmarks.gateway;

import io.physiowave.connectors.kafka.FrameProducerSettings;
import io.physiowave.connectors.kafka.SignalTopic;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Labels from their topic to {@code /v1/labels}: writes them as the job does, and hears each at the
 * one listener of its stream, as JSON.
 */
final class LabelRoute implements Route {
  /** Far fewer than the gateway keeps for one listener before it lets it go, 256. */
  private static final int WINDOW = 64;

  /** And fewer than its memory for all of them together. */
  private static final int WINDOW_OF_ALL = 8_192;

  private static final String PROBE = "bench-probe";
  private static final int DIGITS = 3;

  private final Producer<String, byte[]> producer;
  private final List<HeardStream> streams = new ArrayList<>();
  private final Histogram micros = new ConcurrentHistogram(DIGITS);

  /**
   * Connects the listeners.
   *
   * @param address of the gateway, {@code http://host:port}
   */
  LabelRoute(String address, String bootstrapServers, int listeners) throws InterruptedException {
    producer =
        new KafkaProducer<>(
            FrameProducerSettings.settings(bootstrapServers),
            new StringSerializer(),
            new ByteArraySerializer());
    String labels = address.replaceFirst("^http", "ws") + "/v1/labels?stream=";
    HttpClient client = HttpClient.newHttpClient();
    FeedProbe.await(
        client,
        URI.create(labels + PROBE),
        () -> {
          var unused = write(PROBE, BenchLabels.of(PROBE));
        });
    List<CompletableFuture<WebSocket>> connecting = new ArrayList<>();
    for (int i = 0; i < listeners; i++) {
      String name = "bench-%05d".formatted(i);
      HeardStream stream = new HeardStream(name, BenchLabels.of(name), micros);
      streams.add(stream);
      connecting.add(client.newWebSocketBuilder().buildAsync(URI.create(labels + name), stream));
    }
    for (int i = 0; i < listeners; i++) {
      streams.get(i).opened(connecting.get(i).join());
    }
  }

  private CompletableFuture<Long> write(String stream, byte[] label) {
    CompletableFuture<Long> appended = new CompletableFuture<>();
    var unused =
        producer.send(
            new ProducerRecord<>(SignalTopic.LABELS.topicName(), stream, label),
            (metadata, failure) -> {
              if (failure == null) {
                appended.complete(metadata.timestamp());
              } else {
                appended.completeExceptionally(failure);
              }
            });
    return appended;
  }

  @Override
  public int ends() {
    return streams.size();
  }

  @Override
  public int window() {
    return Math.max(1, Math.min(WINDOW, WINDOW_OF_ALL / streams.size()));
  }

  @Override
  public CompletableFuture<Void> send(int end, int number) {
    HeardStream stream = streams.get(end);
    CompletableFuture<Void> heard = stream.expect();
    var unused =
        write(stream.name(), stream.label())
            .whenComplete(
                (atMillis, failure) -> {
                  if (failure == null) {
                    stream.appended(atMillis);
                  } else {
                    heard.completeExceptionally(failure);
                  }
                });
    return heard;
  }

  /** Times from append to receipt since they were last forgotten. */
  Millis receiptTimes() {
    return Millis.of(micros);
  }

  void forgetReceiptTimes() {
    micros.reset();
  }

  @Override
  public void close() {
    producer.close();
    streams.forEach(HeardStream::close);
  }
}
