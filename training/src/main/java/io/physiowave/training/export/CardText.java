package io.physiowave.training.export;

import io.physiowave.core.card.EpisodeRules;
import io.physiowave.core.card.Evaluation;
import io.physiowave.core.card.ModelCard;
import io.physiowave.core.card.ModelChannel;
import io.physiowave.core.card.Provenance;
import io.physiowave.core.card.Windowing;
import io.physiowave.core.dsp.FilterSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A model card as a page for a person to read. */
public final class CardText {
  private static final int LABEL_WIDTH = 14;

  private CardText() {}

  /** Lines of text, the last one ended. */
  public static String of(ModelCard card) {
    StringBuilder page = new StringBuilder();
    line(page, "model", card.name() + " " + card.version());
    line(page, "task", card.task() + " on " + card.modality());
    line(
        page,
        "labels",
        card.labels().isEmpty()
            ? "none: it gives features"
            : card.labels().stream()
                .map(label -> title(card, label))
                .collect(Collectors.joining(", ")));
    line(
        page,
        "channels",
        card.channels().stream().map(CardText::channel).collect(Collectors.joining("; ")));
    line(page, "unit", card.unit());
    line(page, "sample rate", number(card.sampleRateHz()) + " Hz");
    line(page, "windows", windowing(card));
    line(
        page,
        "filters",
        card.filters().isEmpty()
            ? "none"
            : card.filters().stream().map(CardText::filter).collect(Collectors.joining(", ")));
    line(page, "normalisation", new TreeMap<>(card.normalisation()).toString());
    line(page, "decision", decision(card));
    line(page, "opset", Integer.toString(card.opset()));
    line(
        page,
        "export",
        String.format(
            Locale.ROOT,
            "%slargest difference to the trained model %.1e",
            form(card),
            card.exportDifference()));
    if (card.provenance() != null) {
      provenance(page, card.provenance());
    }
    for (Evaluation evaluation : card.evaluations()) {
      page.append('\n');
      evaluation(page, evaluation, card);
    }
    return page.toString();
  }

  private static void line(StringBuilder page, String label, String value) {
    page.append(String.format(Locale.ROOT, "%-" + LABEL_WIDTH + "s %s%n", label, value));
  }

  /** A label with its name, where it has one. */
  private static String title(ModelCard card, String label) {
    return card.labelNames().isEmpty() ? label : label + " (" + card.nameOf(label) + ")";
  }

  private static String channel(ModelChannel channel) {
    return channel.name()
        + " from "
        + channel.accepts().stream()
            .map(name -> name.equals(ModelChannel.ANY) ? "any other" : name)
            .collect(Collectors.joining("/"))
        + (channel.required() ? "" : " (optional)");
  }

  private static String windowing(ModelCard card) {
    double seconds = card.windowSamples() / card.sampleRateHz();
    String length =
        String.format(Locale.ROOT, "%d samples (%.3g s)", card.windowSamples(), seconds);
    if (card.windowing() instanceof Windowing.Sliding sliding) {
      return length
          + String.format(
              Locale.ROOT,
              ", one every %d samples (%.3g s)",
              sliding.hopSamples(),
              sliding.hopSamples() / card.sampleRateHz());
    }
    Windowing.BeatCentred beat = (Windowing.BeatCentred) card.windowing();
    String context =
        beat.context().isEmpty() ? "" : "; context row " + String.join(", ", beat.context());
    return length
        + String.format(
            Locale.ROOT, " around each beat, %d before the R peak", beat.samplesBefore())
        + context;
  }

  private static String filter(FilterSpecification filter) {
    if (filter instanceof FilterSpecification.HighPass high) {
      return "high-pass " + number(high.cutoffHz()) + " Hz, order " + high.order();
    }
    if (filter instanceof FilterSpecification.LowPass low) {
      return "low-pass " + number(low.cutoffHz()) + " Hz, order " + low.order();
    }
    FilterSpecification.Notch notch = (FilterSpecification.Notch) filter;
    return "notch " + number(notch.centreHz()) + " Hz, order " + notch.order();
  }

  private static String decision(ModelCard card) {
    String bias =
        card.decision().logitBias().isEmpty()
            ? "most probable label"
            : "most probable label after adding " + card.decision().logitBias() + " to the logits";
    return bias
        + (card.decision().minimumProbability() > 0
            ? ", unclassifiable below " + number(card.decision().minimumProbability())
            : "")
        + (card.decision().votes() > 1
            ? ", majority of " + card.decision().votes() + " windows"
            : "")
        + episodes(card.decision().episodeRules());
  }

  private static String episodes(EpisodeRules rules) {
    List<String> said = new ArrayList<>();
    if (rules.onsetProbability() != null) {
      said.add("from " + number(rules.onsetProbability()) + " on");
    }
    if (rules.offsetProbability() != null) {
      said.add("as long as " + number(rules.offsetProbability()));
    }
    if (rules.minimumSeconds() != null) {
      said.add("for at least " + number(rules.minimumSeconds()) + " s");
    }
    if (rules.background() != null) {
      said.add("background " + rules.background());
    }
    return said.isEmpty() ? "" : "; episodes " + String.join(", ", said);
  }

  /** Kind and precision, which cards of earlier exports do not tell. */
  private static String form(ModelCard card) {
    return card.provenance() != null
            && card.provenance().configuration().get("export") instanceof Map<?, ?> export
        ? export.get("kind") + " in " + export.get("precision") + ", "
        : "";
  }

  private static void provenance(StringBuilder page, Provenance provenance) {
    for (Provenance.DataSet dataSet : provenance.dataSets()) {
      line(page, "data", PretrainingEntry.dataLine(dataSet));
    }
    line(page, "split", provenance.split());
    line(page, "seed", Long.toString(provenance.seed()));
    line(
        page,
        "trained",
        provenance.date() + " by " + provenance.codeVersion() + " on " + provenance.engine());
    PretrainingEntry.lines(provenance).forEach(entry -> line(page, "pretrained", entry));
  }

  private static void evaluation(StringBuilder page, Evaluation evaluation, ModelCard card) {
    page.append(evaluation.data()).append(", ").append(evaluation.split()).append('\n');
    for (Map.Entry<String, Double> figure : new TreeMap<>(evaluation.values()).entrySet()) {
      page.append(String.format(Locale.ROOT, "  %-34s %.4f%n", figure.getKey(), figure.getValue()));
    }
    if (!evaluation.confusion().isEmpty()) {
      confusion(page, evaluation.confusion(), card);
    }
  }

  private static void confusion(StringBuilder page, List<List<Long>> confusion, ModelCard card) {
    String corner = "true \\ predicted";
    List<String> rows = card.labels().stream().map(label -> title(card, label)).toList();
    int width =
        Stream.concat(Stream.of(corner), rows.stream()).mapToInt(String::length).max().orElse(1);
    page.append("  ").append(padded(corner, width));
    for (String label : card.labels()) {
      page.append(String.format(Locale.ROOT, " %16s", label));
    }
    page.append('\n');
    for (int row = 0; row < confusion.size(); row++) {
      page.append("  ").append(padded(rows.get(row), width));
      for (long count : confusion.get(row)) {
        page.append(String.format(Locale.ROOT, " %16d", count));
      }
      page.append('\n');
    }
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
