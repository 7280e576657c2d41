package io.physiowave.benchmarks.gateway;

import java.net.http.WebSocket;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** A stream with its listener: the labels that it will hear, and how long each takes. */
final class HeardStream implements WebSocket.Listener {
  private final String name;
  private final byte[] label;
  private final Histogram micros;

  private final Queue<CompletableFuture<Void>> expected = new ArrayDeque<>();
  private final Queue<Long> appendedMillis = new ArrayDeque<>();
  private final Queue<Long> heardMillis = new ArrayDeque<>();
  private WebSocket socket;
  private Throwable broken;

  /**
   * A stream whose listener is not connected yet.
   *
   * @param label what is said of it, protobuf
   * @param micros takes times from append to receipt
   */
  HeardStream(String name, byte[] label, Histogram micros) {
    this.name = name;
    this.label = label;
    this.micros = micros;
  }

  String name() {
    return name;
  }

  byte[] label() {
    return label;
  }

  synchronized void opened(WebSocket connected) {
    socket = connected;
  }

  /** One more label is about to be written; done when it is heard, since they keep their order. */
  synchronized CompletableFuture<Void> expect() {
    CompletableFuture<Void> heard = new CompletableFuture<>();
    expected.add(heard);
    if (broken != null) {
      heard.completeExceptionally(broken);
    }
    return heard;
  }

  /** The next label stands in Kafka, which may be known after it was heard. */
  synchronized void appended(long atMillis) {
    appendedMillis.add(atMillis);
    compare();
  }

  private CompletableFuture<Void> heard(long atMillis) {
    synchronized (this) {
      heardMillis.add(atMillis);
      compare();
      return expected.remove();
    }
  }

  private void compare() {
    if (!appendedMillis.isEmpty() && !heardMillis.isEmpty()) {
      long millis = heardMillis.remove() - appendedMillis.remove();
      micros.recordValue(TimeUnit.MILLISECONDS.toMicros(Math.max(0, millis)));
    }
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    if (last) {
      heard(System.currentTimeMillis()).complete(null);
    }
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    fail(new IllegalStateException("the gateway lets a listener go: " + code + " " + reason));
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable failure) {
    fail(failure);
  }

  private synchronized void fail(Throwable failure) {
    broken = failure;
    expected.forEach(label -> label.completeExceptionally(failure));
  }

  synchronized void close() {
    socket.abort();
  }
}
