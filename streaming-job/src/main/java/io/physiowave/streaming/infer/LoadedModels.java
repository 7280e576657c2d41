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

  private static final class Entry {
    private final LoadedModel model;
    private int users;

    Entry(LoadedModel model) {
      this.model = model;
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
      synchronized (LOADED) {
        if (returned) {
          return;
        }
        returned = true;
        Entry entry = LOADED.get(key);
        entry.users--;
        if (entry.users == 0) {
          LOADED.remove(key);
          entry.model.close();
          log(entry.model.served(), () -> LOG.info("closed model {}", entry.model.served()));
        }
      }
    }
  }

  /**
   * Loads a model, or shares it.
   *
   * @throws IOException when the file cannot be read
   */
  static Lease lease(ServedModel served, InferenceOptions options) throws IOException {
    Key key = new Key(served.sha256(), options);
    synchronized (LOADED) {
      Entry entry = LOADED.get(key);
      if (entry == null) {
        entry = new Entry(LoadedModel.load(served, options));
        LOADED.put(key, entry);
        String device = String.valueOf(entry.model.device());
        log(served, () -> LOG.info("loaded model {} on {}", served, device));
      }
      entry.users++;
      return new Lease(key, entry.model);
    }
  }

  private static void log(ServedModel model, Runnable line) {
    LogFields.ofModel(model.card().name(), model.card().version(), line);
  }

  /** How many distinct models are loaded. */
  static int count() {
    synchronized (LOADED) {
      return LOADED.size();
    }
  }
}
