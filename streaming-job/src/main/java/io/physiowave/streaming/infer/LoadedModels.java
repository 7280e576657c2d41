package io.physiowave.streaming.infer;

import io.physiowave.connectors.logging.LogFields;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.options.InferenceOptions;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models loaded in this process, each once, shared by all subtasks that ask for it and closed
 * when the last one lets go.
 */
final class LoadedModels {
  private static final Logger LOG = LoggerFactory.getLogger(LoadedModels.class);
  private static final Map<Key, Entry> LOADED = new HashMap<>();

  private LoadedModels() {}

  private record Key(String sha256, InferenceOptions options) {}

  /** A model for those who share it: loaded by the first, whom the others wait for. */
  private static final class Entry {
    private volatile LoadedModel model;

    /** Guarded by all entries together. */
    private int users;

    synchronized LoadedModel loaded(ServedModel served, InferenceOptions options)
        throws IOException {
      if (model == null) {
        model = LoadedModel.load(served, options);
        String device = String.valueOf(model.device());
        log(served, () -> LOG.info("loaded model {} on {}", served, device));
      }
      return model;
    }

    synchronized void close() {
      if (model != null) {
        model.close();
        log(model.served(), () -> LOG.info("closed model {}", model.served()));
      }
    }
  }

  /** A share in a model; give it back by closing. */
  static final class Lease implements AutoCloseable {
    private final Key key;
    private final LoadedModel model;
    private boolean returned;

    private Lease(Key key, LoadedModel model) {
      this.key = key;
      this.model = model;
    }

    LoadedModel model() {
      return model;
    }

    /** Gives the share back; a second call does nothing. */
    @Override
    public void close() {
      if (!returned) {
        returned = true;
        giveBack(key);
      }
    }
  }

  /**
   * Loads a model, or shares it. One that takes long to load holds up only who asks for it.
   *
   * @throws IOException when the file cannot be read
   */
  static Lease lease(ServedModel served, InferenceOptions options) throws IOException {
    Key key = new Key(served.sha256(), options);
    Entry entry;
    synchronized (LOADED) {
      entry = LOADED.computeIfAbsent(key, absent -> new Entry());
      entry.users++;
    }
    boolean isLoaded = false;
    try {
      Lease lease = new Lease(key, entry.loaded(served, options));
      isLoaded = true;
      return lease;
    } finally {
      if (!isLoaded) {
        giveBack(key);
      }
    }
  }

  private static void giveBack(Key key) {
    Entry entry;
    synchronized (LOADED) {
      entry = LOADED.get(key);
      entry.users--;
      if (entry.users > 0) {
        return;
      }
      LOADED.remove(key);
    }
    entry.close();
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
    LoadedModel model = entry == null ? null : entry.model;
    return model != null && model.isCopyMissing();
  }

  /** How many distinct models are loaded, or being loaded. */
  static int count() {
    synchronized (LOADED) {
      return LOADED.size();
    }
  }
}
