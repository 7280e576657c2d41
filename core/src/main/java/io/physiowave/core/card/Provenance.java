package io.physiowave.core.card;

import java.util.List;
import java.util.Map;

/**
 * Where a model comes from.
 *
 * @param dataSets what it was trained on
 * @param split how training and validation were divided, with the identifiers on each side
 * @param seed seed of initialisation, sampling and augmentation
 * @param configuration the training configuration, flag by flag
 * @param codeVersion version of this software
 * @param engine training engine and version, with operating system and processor
 * @param date ISO-8601 date of training
 */
public record Provenance(
    List<DataSet> dataSets,
    String split,
    long seed,
    Map<String, Object> configuration,
    String codeVersion,
    String engine,
    String date) {

  public Provenance {
    dataSets = dataSets == null ? List.of() : List.copyOf(dataSets);
    configuration = configuration == null ? Map.of() : Map.copyOf(configuration);
  }

  /**
   * One data set.
   *
   * @param id name and version as its publisher gives them
   * @param licence its licence
   * @param sha256 hash of the prepared file that was read
   */
  public record DataSet(String id, String licence, String sha256) {}
}
