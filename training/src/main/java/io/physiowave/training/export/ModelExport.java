package io.physiowave.training.export;

import io.physiowave.core.card.Evaluation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** From a trained model to an ONNX file with its card, checked on the way. */
public final class ModelExport {
  private final ExportSubject subject;
  private final GraphStyle style;

  /** Takes a model; it stays the caller's. */
  public ModelExport(ExportSubject subject, GraphStyle style) {
    this.subject = subject;
    this.style = style;
  }

  /** Makes the card of what was found out. */
  @FunctionalInterface
  public interface CardWriter {
    /** The card. */
    CardEntry card(ExportFacts facts);
  }

  /**
   * A card in text.
   *
   * @param key in the ONNX file's metadata
   * @param line of JSON for the metadata
   * @param indented JSON for the file beside the model
   */
  public record CardEntry(String key, String line, String indented) {}

  /**
   * What was written.
   *
   * @param facts as they stand on the card
   * @param windows on which both engines were compared
   * @param bytes size of the ONNX file
   */
  public record Result(ExportFacts facts, int windows, int bytes) {}

  /** Compares a lower precision with float32. */
  @FunctionalInterface
  public interface Comparison {
    /** Figures of both. */
    List<Evaluation> compare(OnnxModel exact, OnnxModel reduced) throws IOException;
  }

  /**
   * Exports, compares both engines on windows, and writes model and card only if they agree.
   *
   * @param comparison asked when the precision is lower than float32
   * @throws ExportRefusedException when the answers differ by more than the precision may; nothing
   *     is written then
   */
  public Result write(CheckWindows windows, Comparison comparison, CardWriter cards, Path output)
      throws IOException {
    ModelFiles.cardBeside(output);
    OnnxExporter exporter = new OnnxExporter(style);
    ExportFacts facts;
    try (OnnxModel exported = load(exporter, output)) {
      Map<String, ExportCheck.Difference> differences = new LinkedHashMap<>();
      for (Map.Entry<String, ExportCheck.Reference> one : subject.references().entrySet()) {
        ExportCheck.Difference difference =
            ExportCheck.compare(exported, one.getKey(), one.getValue(), windows);
        requireAgreement(one.getKey(), difference, windows.count(), output);
        differences.put(one.getKey(), difference);
      }
      facts = new ExportFacts(subject.kind(), style, differences, compared(exported, comparison));
    }
    CardEntry card = cards.card(facts);
    byte[] bytes = subject.write(exporter.with(card.key(), card.line()));
    ModelFiles.write(output, bytes, card.indented());
    return new Result(facts, windows.count(), bytes.length);
  }

  private OnnxModel load(OnnxExporter exporter, Path output) throws IOException {
    return OnnxModel.load(subject.write(exporter), output.toString(), 1);
  }

  private List<Evaluation> compared(OnnxModel exported, Comparison comparison) throws IOException {
    if (style.precision() == Precision.FP32) {
      return List.of();
    }
    try (OnnxModel exact =
        load(new OnnxExporter(style.in(Precision.FP32)), Path.of("the float32 form"))) {
      return comparison.compare(exact, exported);
    }
  }

  private void requireAgreement(
      String compared, ExportCheck.Difference difference, int count, Path output) {
    double allowed = style.precision().tolerance(difference.magnitude());
    if (!(difference.largest() <= allowed)) {
      throw new ExportRefusedException(
          String.format(
              Locale.ROOT,
              "%s: refused: on %d windows the exported %s graph's %s differ from the trained model's"
                  + " by %.2e; expected at most %.0e",
              output,
              count,
              style.precision(),
              compared,
              difference.largest(),
              allowed));
    }
  }
}
