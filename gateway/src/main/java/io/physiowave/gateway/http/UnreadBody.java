package io.physiowave.gateway.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The part of a body that nobody wants.
 *
 * <p>A connection that is closed with bytes still unread is reset, and a sender in the middle of
 * its body then sees a broken connection in place of the answer (RFC 9112, section 9.6). So what is
 * left is read away before an early answer, up to a bound.
 */
final class UnreadBody {
  private static final long MAXIMUM_BYTES = 4L * FrameBody.MAXIMUM_TEXT;
  private static final long MAXIMUM_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Semaphore readers;

  /**
   * Reads away bodies.
   *
   * @param readers of whom each may wait for a body
   */
  UnreadBody(Semaphore readers) {
    this.readers = readers;
  }

  /**
   * Reads away what a request still sends, at most 16 MB and for about 10 s.
   *
   * <p>Does nothing for a sender who waits to be asked for the body ({@code Expect: 100-continue}),
   * and for answers that come later: their handlers have read the body, and the thread that
   * completes them may not wait. Nor where too many wait for bodies already.
   */
  void discard(Context request) {
    if (request.req().isAsyncStarted()
        || request.header("Expect") != null
        || !readers.tryAcquire()) {
      return;
    }
    try {
      readAway(request);
    } finally {
      readers.release();
    }
  }

  private static void readAway(Context request) {
    byte[] buffer = new byte[8192];
    long end = System.nanoTime() + MAXIMUM_NANOS;
    try {
      InputStream body = request.req().getInputStream();
      long left = MAXIMUM_BYTES;
      while (left > 0 && System.nanoTime() - end < 0) {
        int read = body.read(buffer);
        if (read < 0) {
          return;
        }
        left -= read;
      }
    } catch (IOException e) {
      // The sender has gone; writing the answer to it says so.
    }
  }
}
