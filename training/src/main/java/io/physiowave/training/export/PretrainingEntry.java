package io.physiowave.training.export;

import io.physiowave.core.card.Provenance;
import io.physiowave.training.checkpoint.PretrainingRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a card says of the pretraining behind its model: data sets, and an entry a pretraining. */
public final class PretrainingEntry {
  /** Where the list of entries stands in the card's {@code provenance.configuration}. */
  static final String KEY = "pretraining";

  private PretrainingEntry() {}

  /** The files as data sets of the card, named as such. */
  public static Stream<Provenance.DataSet> dataSets(PretrainingRun run) {
    return run.files().stream()
        .map(
            file ->
                new Provenance.DataSet(
                    (file.id().isEmpty() ? "" : file.id() + ", ")
                        + CardAssembly.fileName(file.path())
                        + ", for pretraining"
                        + (file.part().equals("validation") ? " (validation)" : ""),
                    file.licence(),
                    file.sha256()));
  }

  /**
   * The entry.
   *
   * @param options of the pretraining, without folders
   */
  static Map<String, Object> of(PretrainingRun run, Map<String, Object> options) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("options", options);
    entry.put("windows", run.files().stream().mapToInt(PretrainingRun.DataFile::windows).sum());
    entry.put("epochs", run.epochs());
    entry.put("epoch", run.epoch());
    entry.put("figures", run.figures());
    entry.put("seed", run.seed());
    entry.put("codeVersion", run.codeVersion());
    entry.put("engine", run.engine());
    entry.put("date", run.date());
    return entry;
  }

  /** A data set as a line for a person to read. */
  public static String dataLine(Provenance.DataSet data) {
    return data.id()
        + (data.licence().isEmpty() ? "" : " (" + data.licence() + ")")
        + (data.sha256().isEmpty() ? ", not hashed" : ", sha256 " + data.sha256());
  }

  /** A pretraining as a line for a person to read. */
  public static String line(PretrainingRun run) {
    return line(of(run, run.configuration()));
  }

  /** The entries of a card as lines; none for cards of models that know of no pretraining. */
  static List<String> lines(Provenance provenance) {
    return provenance.configuration().get(KEY) instanceof List<?> entries
        ? entries.stream()
            .filter(Map.class::isInstance)
            .map(entry -> line((Map<?, ?>) entry))
            .toList()
        : List.of();
  }

  private static String line(Map<?, ?> entry) {
    Map<?, ?> options = entry.get("options") instanceof Map<?, ?> map ? map : Map.of();
    String masks =
        Stream.of("masking_strategy", "mask_ratio", "importance_ratio", "fixed_target")
            .filter(options::containsKey)
            .map(flag -> flag + " " + options.get(flag))
            .collect(Collectors.joining(", "));
    String figures =
        entry.get("figures") instanceof Map<?, ?> map
            ? Optional.ofNullable(map.get("val_loss")).map(loss -> "; val_loss " + loss).orElse("")
            : "";
    return entry.get("date")
        + " by "
        + entry.get("codeVersion")
        + " on "
        + entry.get("engine")
        + "; "
        + entry.get("windows")
        + " windows, epoch "
        + (entry.get("epoch") instanceof Number epoch ? epoch.intValue() + 1 : "?")
        + " of "
        + entry.get("epochs")
        + ", seed "
        + entry.get("seed")
        + (masks.isEmpty() ? "" : "; " + masks)
        + figures;
  }
}
