package io.physiowave.training.download;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Fetches one file: what is there already is kept (Range with If-Range), broken connections and
 * busy servers are tried again after growing pauses, and the file gets its name when its checksum
 * is right.
 */
final class FileDownload {
  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final int TIMEOUT = 408;
  private static final int TOO_MANY = 429;
  private static final int FIRST_SERVER_ERROR = 500;
  private static final Duration LONGEST_WISH = Duration.ofMinutes(2);

  private final HttpClient client;
  private final SilenceWatch watch;
  private final DownloadOptions options;
  private final RemoteFile file;
  private final PartialFile partial;
  private final LongConsumer progress;

  /**
   * Takes what to fetch.
   *
   * @param partial where it goes
   * @param progress takes the bytes as they come
   */
  FileDownload(
      HttpClient client,
      SilenceWatch watch,
      DownloadOptions options,
      RemoteFile file,
      PartialFile partial,
      LongConsumer progress) {
    this.client = client;
    this.watch = watch;
    this.options = options;
    this.file = file;
    this.partial = partial;
    this.progress = progress;
  }

  /** A failure that may pass. */
  private static final class Passing extends IOException {
    private static final long serialVersionUID = 1L;
    private final transient Optional<Duration> wish;

    Passing(String message, Optional<Duration> wish) {
      super(message);
      this.wish = wish;
    }
  }

  /**
   * Fetches the file unless it is there.
   *
   * @throws DownloadException if the server has no such file, or every try failed
   * @throws IOException if the disk cannot be written
   */
  void run() throws IOException {
    if (Files.exists(partial.target())) {
      return;
    }
    boolean wrongBefore = false;
    int failures = 0;
    while (true) {
      long before = partial.resumable();
      try {
        fetch();
        Optional<String> wrong = wrongChecksum();
        if (wrong.isEmpty()) {
          partial.complete();
          return;
        }
        partial.discard();
        if (wrongBefore) {
          throw new DownloadException(file.address() + ": " + wrong.get());
        }
        // Once more from the start: pieces of two contents may have met.
        wrongBefore = true;
      } catch (Passing e) {
        failures = partial.resumable() > before ? 1 : failures + 1;
        if (failures >= options.attempts()) {
          throw new DownloadException(
              file.address() + ": " + e.getMessage() + ", after " + failures + " attempts", e);
        }
        pause(e.wish.orElse(options.pause(failures)));
      }
    }
  }

  private static void pause(Duration duration) throws IOException {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("the download was stopped");
  }

  private Optional<String> wrongChecksum() throws IOException {
    if (file.checksum().isEmpty()) {
      return Optional.empty();
    }
    Checksum expected = file.checksum().get();
    String found = expected.of(partial.path());
    return found.equals(expected.hex())
        ? Optional.empty()
        : Optional.of(expected.algorithm() + " is " + found + "; expected " + expected.hex());
  }

  private void fetch() throws IOException {
    long from = partial.resumable();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(file.address()).timeout(options.silence()).GET();
    if (from > 0) {
      request.header("Range", "bytes=" + from + "-");
      request.header("If-Range", partial.validator().orElseThrow());
    }
    HttpResponse<InputStream> response;
    try {
      response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      throw interrupted();
    } catch (IOException e) {
      throw new Passing(reason(e), Optional.empty());
    }
    try (InputStream body = response.body()) {
      int status = response.statusCode();
      if (status == PARTIAL && startsAt(response.headers(), from)) {
        append(body, from, response.headers());
      } else if (status == OK) {
        partial.begin(validator(response.headers()));
        append(body, 0, response.headers());
      } else {
        if (status == RANGE_NOT_SATISFIABLE || status == PARTIAL) {
          partial.discard();
        }
        throw refused(status, response.headers());
      }
    }
  }

  private static boolean startsAt(HttpHeaders headers, long from) {
    return headers.firstValue("Content-Range").orElse("").startsWith("bytes " + from + "-");
  }

  /** Only a strong tag, or else a date, says that two pieces are of one content. */
  private static Optional<String> validator(HttpHeaders headers) {
    return headers
        .firstValue("ETag")
        .filter(tag -> !tag.startsWith("W/"))
        .or(() -> headers.firstValue("Last-Modified"));
  }

  private void append(InputStream body, long from, HttpHeaders headers) throws IOException {
    long expected = headers.firstValueAsLong("Content-Length").orElse(-1);
    long received = 0;
    byte[] buffer = new byte[1 << 16];
    try (SilenceWatch.Watched watched = watch.over(body);
        OutputStream out =
            Files.newOutputStream(
                partial.path(),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                from > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING)) {
      while (true) {
        int count;
        try {
          count = body.read(buffer);
        } catch (IOException e) {
          throw new Passing(
              watched.fired() ? "no byte for " + seconds(options.silence()) : reason(e),
              Optional.empty());
        }
        if (watched.fired()) {
          throw new Passing("no byte for " + seconds(options.silence()), Optional.empty());
        }
        if (count < 0) {
          break;
        }
        watched.heard();
        write(out, buffer, count);
        received += count;
        progress.accept(count);
      }
    }
    if (expected >= 0 && received != expected) {
      throw new Passing(
          "the connection ended after " + received + " of " + expected + " bytes",
          Optional.empty());
    }
  }

  /** Of a full disk the system names no file. */
  private void write(OutputStream out, byte[] buffer, int count) throws IOException {
    try {
      out.write(buffer, 0, count);
    } catch (IOException e) {
      throw new DownloadException(
          partial.path() + ": cannot be written: " + e.getMessage() + "; what came is kept", e);
    }
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() / 1000.0 + " s";
  }

  private IOException refused(int status, HttpHeaders headers) {
    if (status == TIMEOUT
        || status == TOO_MANY
        || status == PARTIAL
        || status == RANGE_NOT_SATISFIABLE
        || status >= FIRST_SERVER_ERROR) {
      return new Passing("the server answers " + status, wish(headers));
    }
    String meaning =
        switch (status) {
          case 401, 403 -> " (it asks for a login or a signed agreement)";
          case 404, 410 -> " (it has no such file)";
          default -> "";
        };
    return new DownloadException(file.address() + ": the server answers " + status + meaning);
  }

  private static Optional<Duration> wish(HttpHeaders headers) {
    return headers
        .firstValue("Retry-After")
        .filter(text -> text.matches("\\d{1,9}"))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)))
        .map(wish -> wish.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : wish);
  }

  private static String reason(IOException failure) {
    if (failure instanceof ConnectException) {
      return "the server cannot be reached";
    }
    Throwable cause = failure;
    while (cause.getMessage() == null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    String kind = failure.getClass().getSimpleName();
    return cause.getMessage() == null ? kind : kind + ": " + cause.getMessage();
  }
}
