package io.physiowave.gateway.testing;

import java.net.http.WebSocketHandshakeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** A device that listens to labels by WebSocket. */
public final class LabelListener extends TestSocket {
  private final BlockingQueue<byte[]> heardBinary = new LinkedBlockingQueue<>();
  private final CountDownLatch first = new CountDownLatch(1);

  private LabelListener() {}

  /** Connects; headers are pairs of name and value. */
  public static LabelListener connect(int port, String query, String... headers) {
    LabelListener listener = new LabelListener();
    listener.open(port, "/v1/labels?" + query, headers);
    return listener;
  }

  /** The status with which the gateway refused to connect. */
  public static int statusOf(Throwable failure) {
    return ((WebSocketHandshakeException) failure.getCause()).getResponse().statusCode();
  }

  /** Whether a label has come, or comes within a time; it stays to be read. */
  public boolean hasHeard(long millis) throws InterruptedException {
    return first.await(millis, TimeUnit.MILLISECONDS);
  }

  /** What has come, up to the one with a number. */
  public <T> List<T> until(long number, ToLongFunction<T> numbered, Function<String, T> parsed)
      throws InterruptedException {
    List<T> all = new ArrayList<>();
    while (all.isEmpty() || numbered.applyAsLong(all.get(all.size() - 1)) != number) {
      all.add(parsed.apply(nextText(all)));
    }
    return all;
  }

  /** A message in JSON that has come. */
  public String text() {
    return texts().remove();
  }

  /** Says something, which nobody asked for; returns when it has left. */
  public void say(String word) {
    socket().sendText(word, true).join();
  }

  /** A label in protobuf that has come. */
  public byte[] binary() {
    return heardBinary.remove();
  }

  @Override
  void arrived() {
    first.countDown();
  }

  @Override
  void arrived(byte[] message) {
    heardBinary.add(message);
  }
}
