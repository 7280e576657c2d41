package io.physiowave.training.checkpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How an encoder was pretrained. It travels in every checkpoint of the encoder, and of whatever is
 * fine-tuned from it, as the section {@value PretrainingRunJson#SECTION}, and from there to the
 * model card.
 *
 * @param files what it was trained on and chosen by
 * @param configuration the training options, by the name of their flag
 * @param seed of everything that was drawn
 * @param epochs that the training was to have
 * @param epoch of these weights, counted from 0
 * @param figures of that epoch by name
 * @param codeVersion version of this software
 * @param engine training engine and version, with operating system and processor
 * @param date ISO-8601 date on which the training began or was last resumed
 */
public record PretrainingRun(
    List<DataFile> files,
    Map<String, Object> configuration,
    long seed,
    int epochs,
    int epoch,
    Map<String, Double> figures,
    String codeVersion,
    String engine,
    String date) {

  /**
   * One HDF5 file.
   *
   * @param part {@code training} or {@code validation}
   * @param path as given
   * @param id name and version of the data set as {@code dataset.json} beside the file gives them;
   *     empty without one
   * @param licence of the data set; empty when unknown
   * @param windows in the file
   * @param sha256 of the file; empty while the training has not come to its end
   */
  public record DataFile(
      String part, String path, String id, String licence, int windows, String sha256) {

    /** The same file with its hash. */
    public DataFile hashed(String hash) {
      return new DataFile(part, path, id, licence, windows, hash);
    }
  }

  /** Copies lists and maps. */
  public PretrainingRun {
    files = files == null ? List.of() : List.copyOf(files);
    configuration = unmodifiable(configuration);
    figures = unmodifiable(figures);
  }

  private static <T> Map<String, T> unmodifiable(Map<String, T> map) {
    return map == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /** The same training at one of its epochs. */
  public PretrainingRun at(int reached, Map<String, Double> figuresThen) {
    return new PretrainingRun(
        files, configuration, seed, epochs, reached, figuresThen, codeVersion, engine, date);
  }

  /** The same training with other words about its files. */
  public PretrainingRun withFiles(List<DataFile> others) {
    return new PretrainingRun(
        others, configuration, seed, epochs, epoch, figures, codeVersion, engine, date);
  }
}
