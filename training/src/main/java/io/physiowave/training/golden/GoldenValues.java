package io.physiowave.training.golden;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Numbers of one comparison set.
 *
 * @param arrays by name, such as {@code wavelet} or {@code logits}
 * @param perParameter by name, such as {@code classify_grad_norm}
 */
record GoldenValues(Map<String, GoldenArray> arrays, Map<String, NamedValues> perParameter) {
  GoldenValues {
    arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
    perParameter = Collections.unmodifiableMap(new LinkedHashMap<>(perParameter));
  }
}
