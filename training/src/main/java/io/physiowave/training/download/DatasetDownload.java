package io.physiowave.training.download;

import io.physiowave.training.run.CountProgress;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Fetches the files of a public data set into a folder, a few at a time. Files that stand under
 * their name are complete and are not fetched again; pieces of others are gone on with.
 */
public final class DatasetDownload {
  private static final String SUMS = "SHA256SUMS.txt";
  private static final String RECORD = "zenodo-record.json";
  private static final Duration CONNECT = Duration.ofSeconds(30);

  private final PublicDataset dataset;
  private final DownloadOptions options;
  private final Consumer<String> log;
  private final AtomicLong bytes = new AtomicLong();

  private DatasetDownload(PublicDataset dataset, DownloadOptions options, Consumer<String> log) {
    this.dataset = dataset;
    this.options = options;
    this.log = log;
  }

  /**
   * Fetches a data set.
   *
   * @param target the folder; for a data set of one file its path
   * @param log takes one line at a time for the user
   * @throws DownloadException if it cannot be fetched; says why, or what a person must do
   * @throws IOException if the disk cannot be written
   */
  public static void into(
      Path target, PublicDataset dataset, DownloadOptions options, Consumer<String> log)
      throws IOException {
    if (dataset.kind().isEmpty()) {
      throw new DownloadException(
          "this data set cannot be fetched without a person: " + dataset.whereToGetIt());
    }
    new DatasetDownload(dataset, options, log).run(target, dataset.kind().get());
  }

  private void run(Path target, PublicDataset.Kind kind) throws IOException {
    URI address = options.mirror().orElse(dataset.address());
    log.accept("fetches from " + address + " (" + dataset.terms() + ")");
    HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(CONNECT)
            .proxy(ProxySelector.getDefault())
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    try (SilenceWatch watch = new SilenceWatch(options.silence())) {
      Fetching fetching =
          (file, path, progress) ->
              new FileDownload(client, watch, options, file, new PartialFile(path), progress).run();
      switch (kind) {
        case ONE_FILE -> {
          RemoteFile file =
              new RemoteFile(target.getFileName().toString(), address, Optional.empty());
          fetchAll(fetching, 1, target.toAbsolutePath().getParent(), sink -> sink.accept(file));
        }
        case PHYSIONET -> {
          URI base = URI.create(address.toString().replaceAll("/*$", "/"));
          Path list = list(fetching, target, SUMS, base.resolve(SUMS));
          long count = FileList.sha256Sums(list, base, dataset.wanted(), file -> {});
          requireSome(count, list);
          fetchAll(
              fetching,
              count,
              target,
              sink -> FileList.sha256Sums(list, base, dataset.wanted(), sink));
        }
        case ZENODO -> {
          Path list = list(fetching, target, RECORD, address);
          long count = FileList.zenodoRecord(list, dataset.wanted(), file -> {});
          requireSome(count, list);
          fetchAll(
              fetching, count, target, sink -> FileList.zenodoRecord(list, dataset.wanted(), sink));
        }
      }
    }
  }

  /** Fetches one file to a path. */
  @FunctionalInterface
  private interface Fetching {
    void fetch(RemoteFile file, Path path, LongConsumer progress) throws IOException;
  }

  /** Walks over the files to fetch. */
  @FunctionalInterface
  private interface Walk {
    void each(FileList.Sink sink) throws IOException;
  }

  private static Path list(Fetching fetching, Path folder, String name, URI address)
      throws IOException {
    Path list = folder.resolve(name);
    fetching.fetch(new RemoteFile(name, address, Optional.empty()), list, more -> {});
    return list;
  }

  private void requireSome(long count, Path list) throws DownloadException {
    if (count == 0) {
      throw new DownloadException(
          list + ": lists no file such as " + dataset.wanted() + "; is --download_url right?");
    }
  }

  private void fetchAll(Fetching fetching, long count, Path folder, Walk walk) throws IOException {
    AtomicReference<IOException> failure = new AtomicReference<>();
    // No more tasks wait than run: a list of a million files stays on disk.
    Semaphore free = new Semaphore(options.parallelFiles());
    ExecutorService threads = Executors.newFixedThreadPool(options.parallelFiles());
    try (CountProgress progress =
        CountProgress.start(options.showProgress(), "download", "files", count, 0, log)) {
      walk.each(
          file -> {
            acquire(free, 1);
            if (failure.get() != null) {
              free.release();
              throw failure.get();
            }
            try {
              threads.execute(
                  () -> fetch(fetching, file, folder, progress, failure, free, threads));
            } catch (RejectedExecutionException e) {
              throw failure.get();
            }
          });
      acquire(free, options.parallelFiles());
    } finally {
      stop(threads);
    }
    if (failure.get() != null) {
      throw failure.get();
    }
    log.accept(count + " files are there, " + bytes.get() / 1_000_000 + " MB fetched now");
  }

  private void fetch(
      Fetching fetching,
      RemoteFile file,
      Path folder,
      CountProgress progress,
      AtomicReference<IOException> failure,
      Semaphore free,
      ExecutorService threads) {
    try {
      fetching.fetch(file, folder.resolve(file.name()), bytes::addAndGet);
      progress.advance(1, bytes.get() / 1_000_000 + " MB");
    } catch (IOException e) {
      failure.compareAndSet(null, e);
      threads.shutdownNow();
    } catch (RuntimeException e) {
      failure.compareAndSet(null, new DownloadException(file.address() + ": " + e, e));
      threads.shutdownNow();
    } finally {
      free.release();
    }
  }

  private static void acquire(Semaphore free, int permits) throws IOException {
    try {
      free.acquire(permits);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the download was stopped");
    }
  }

  /** Interrupts what still runs, after a failure; what was fetched of it stays. */
  private static void stop(ExecutorService threads) throws InterruptedIOException {
    threads.shutdownNow();
    try {
      threads.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the download was stopped");
    }
  }
}
