package io.physiowave.training.wavelet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The discrete wavelets of PyWavelets, by name: haar, db, sym, coif, bior, rbio, dmey. */
public final class Wavelets {
  private static final String RESOURCE = "decomposition-filters.txt";
  private static final Map<String, Wavelet> BY_NAME = read();

  private Wavelets() {}

  /** The names that {@link #named} knows, by family and order; unmodifiable. */
  public static Set<String> names() {
    return BY_NAME.keySet();
  }

  /**
   * One wavelet.
   *
   * @throws IllegalArgumentException if the name is not a discrete wavelet of PyWavelets
   */
  public static Wavelet named(String name) {
    Wavelet wavelet = BY_NAME.get(name);
    if (wavelet == null) {
      throw new IllegalArgumentException(
          "wavelet '"
              + name
              + "' is unknown; expected haar, dmey, db1-db38, sym2-sym20, coif1-coif17 or one of the"
              + " bior and rbio pairs, such as bior4.4");
    }
    return wavelet;
  }

  private static Map<String, Wavelet> read() {
    Map<String, Wavelet> wavelets = new LinkedHashMap<>();
    try (InputStream stream = Wavelets.class.getResourceAsStream(RESOURCE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.US_ASCII))) {
      lines.readLine();
      for (String low = lines.readLine(); low != null; low = lines.readLine()) {
        String name = low.substring(0, low.indexOf(' '));
        wavelets.put(name, new Wavelet(name, taps(low), taps(lines.readLine())));
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("resource " + RESOURCE + " cannot be read", failed);
    }
    return Collections.unmodifiableMap(wavelets);
  }

  private static double[] taps(String line) {
    return Arrays.stream(line.split(" ")).skip(2).mapToDouble(Double::parseDouble).toArray();
  }
}
