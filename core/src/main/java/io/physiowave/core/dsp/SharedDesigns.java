package io.physiowave.core.dsp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Designs that hold no state, shared by whoever asks for the same: thousands of streams have a
 * handful of rates.
 */
final class SharedDesigns<K, V> {
  private static final int KEPT = 64;

  private final Function<K, V> design;
  private final Map<K, V> designs =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
          return size() > KEPT;
        }
      };

  SharedDesigns(Function<K, V> design) {
    this.design = design;
  }

  synchronized V of(K what) {
    return designs.computeIfAbsent(what, design);
  }
}
