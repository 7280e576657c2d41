package io.physiowave.streaming.infer;

import io.physiowave.connectors.logging.LogFields;
import io.physiowave.streaming.model.ModelRefusedException;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.options.InferenceOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.flink.util.ExceptionUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models loaded in this process, each once, shared by all subtasks that ask for it and closed
 * when the last one lets go.
 *
 * <p>A model is loaded, and warmed up, by one thread, however many wait for it. One that hangs
 * stays that one thread, also when tasks start anew: who asks for the model then waits for the same
 * thread.
 */
final class LoadedModels {
  private static final Logger LOG = LoggerFactory.getLogger(LoadedModels.class);
  private static final Map<Key, Entry> LOADED = new HashMap<>();

  private LoadedModels() {}

  private record Key(String sha256, InferenceOptions options) {}

  /** A model for those who share it. */
  private static final class Entry {
    private final CompletableFuture<LoadedModel> model = new CompletableFuture<>();
    private final long begunNanos = System.nanoTime();

    /** Guarded by all entries together, as is the end of loading. */
    private int users;

    private boolean isLoaded;
  }

  /** A share in a model that is loaded, or will be; give it back by closing. */
  static final class Lease implements AutoCloseable {
    private final Key key;
    private final Entry entry;
    private boolean returned;

    private Lease(Key key, Entry entry) {
      this.key = key;
      this.entry = entry;
    }

    /** The model as soon as it is loaded and warmed up, or what was wrong with it. */
    CompletableFuture<LoadedModel> model() {
      return entry.model;
    }

    /** For how long the model has been asked for, by anybody. */
    Duration age() {
      return Duration.ofNanos(System.nanoTime() - entry.begunNanos);
    }

    /**
     * Waits for the model.
     *
     * @throws IOException when the caller is interrupted
     * @throws ModelRefusedException when it cannot be read or loaded, or does not answer as its
     *     card says
     */
    LoadedModel await() throws IOException {
      try {
        return entry.model.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while a model was loaded", e);
      } catch (ExecutionException e) {
        ExceptionUtils.rethrow(e.getCause());
        throw new IllegalStateException(e);
      }
    }

    /** Gives the share back; a second call does nothing. */
    @Override
    public void close() {
      if (!returned) {
        returned = true;
        giveBack(key, entry);
      }
    }
  }

  /** Begins to load a model, or shares it; does not wait. */
  static Lease lease(ServedModel served, InferenceOptions options) {
    Key key = new Key(served.sha256(), options);
    Entry entry;
    boolean isNew;
    synchronized (LOADED) {
      isNew = !LOADED.containsKey(key);
      entry = LOADED.computeIfAbsent(key, absent -> new Entry());
      entry.users++;
    }
    if (isNew) {
      begin(key, entry, served);
    }
    return new Lease(key, entry);
  }

  private static void begin(Key key, Entry entry, ServedModel served) {
    Thread thread = new Thread(() -> load(key, entry, served), "loading of " + served.location());
    thread.setDaemon(true);
    try {
      thread.start();
    } catch (OutOfMemoryError e) {
      fail(key, entry, e);
    }
  }

  /** Whoever asks from now on has it tried again. */
  private static void fail(Key key, Entry entry, Throwable failure) {
    synchronized (LOADED) {
      LOADED.remove(key);
    }
    entry.model.completeExceptionally(failure);
  }

  @SuppressWarnings("IllegalCatch") // Nobody else would see an Error on this thread.
  private static void load(Key key, Entry entry, ServedModel served) {
    LoadedModel model = null;
    try {
      model = LoadedModel.load(served, key.options());
      ModelRunner.tryOut(model, key.options());
      String device = String.valueOf(model.device());
      log(served, () -> LOG.info("loaded model {} on {}", served, device));
    } catch (Throwable e) {
      if (model != null) {
        model.close();
      }
      fail(
          key,
          entry,
          e instanceof IOException
              ? new ModelRefusedException(served + ": " + e.getMessage(), e)
              : e);
      return;
    }
    boolean isWanted;
    synchronized (LOADED) {
      entry.isLoaded = true;
      isWanted = entry.users > 0;
      if (!isWanted) {
        LOADED.remove(key);
      }
    }
    entry.model.complete(model);
    if (!isWanted) {
      close(model);
    }
  }

  private static void giveBack(Key key, Entry entry) {
    synchronized (LOADED) {
      entry.users--;
      // What is being loaded stays, for who asks next, and so does what replaced a failed one.
      if (entry.users > 0 || !entry.isLoaded) {
        return;
      }
      LOADED.remove(key);
    }
    close(entry.model.join());
  }

  private static void close(LoadedModel model) {
    model.close();
    log(model.served(), () -> LOG.info("closed model {}", model.served()));
  }

  private static void log(ServedModel model, Runnable line) {
    LogFields.ofModel(model.card().name(), model.card().version(), line);
  }

  /** Whether a model is loaded whose copy should be in the job's store and is not. */
  static boolean isCopyMissing(ServedModel served, InferenceOptions options) {
    Entry entry;
    synchronized (LOADED) {
      entry = LOADED.get(new Key(served.sha256(), options));
    }
    return entry != null
        && entry.model.isDone()
        && !entry.model.isCompletedExceptionally()
        && entry.model.join().isCopyMissing();
  }

  /** How many distinct models are loaded, or being loaded. */
  static int count() {
    synchronized (LOADED) {
      return LOADED.size();
    }
  }
}
