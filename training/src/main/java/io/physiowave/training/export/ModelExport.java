package io.physiowave.training.export;

import io.physiowave.core.card.ModelCard;
import io.physiowave.core.card.ModelCardJson;
import io.physiowave.training.finetune.TrainingRun;
import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.ModelWeights;
import io.physiowave.training.model.PhysioWaveModel;
import java.io.IOException;
import java.nio.file.Path;

/** From a trained model to an ONNX file with its card, checked on the way. */
public final class ModelExport {
  private final ModelConfig config;
  private final ModelWeights weights;
  private final TrainingRun run;
  private final boolean fused;

  /**
   * Takes a trained model.
   *
   * @param run where it comes from; must describe its data set
   * @param fused whether ONNX Runtime's own operators may be used
   */
  public ModelExport(ModelConfig config, ModelWeights weights, TrainingRun run, boolean fused) {
    this.config = config;
    this.weights = weights;
    this.run = run;
    this.fused = fused;
  }

  /**
   * What was written.
   *
   * @param card as it stands in the file
   * @param bytes size of the ONNX file
   */
  public record Result(ModelCard card, int bytes) {}

  /**
   * Exports, compares both engines on windows, and writes model and card only if they agree.
   *
   * @param cards names the model
   * @param windows row-major {@code [count][inputRows][windowSamples]} in the data's unit
   * @throws ExportRefusedException when the answers differ by more than {@link
   *     ExportCheck#TOLERANCE}; nothing is written then
   */
  public Result write(CardAssembly cards, float[] windows, int count, Path output)
      throws IOException {
    ModelFiles.cardBeside(output);
    int samples = cards.assemble(config, run, 0).windowSamples();
    OnnxExporter exporter = new OnnxExporter(fused);
    double difference;
    try (OnnxModel exported =
            OnnxModel.load(exporter.export(config, weights, samples, null), output.toString(), 1);
        PhysioWaveModel trained = PhysioWaveModel.create(config, 0)) {
      trained.load(weights);
      difference =
          ExportCheck.largestDifference(
              exported, new TorchReference(trained, samples), windows, count);
    }
    if (!(difference <= ExportCheck.TOLERANCE)) {
      throw new ExportRefusedException(
          String.format(
              java.util.Locale.ROOT,
              "%s: refused: on %d windows the exported graph differs from the trained model by %.2e"
                  + "; expected at most %.0e",
              output,
              count,
              difference,
              ExportCheck.TOLERANCE));
    }
    ModelCard card = cards.assemble(config, run, difference);
    byte[] bytes = exporter.export(config, weights, samples, card);
    ModelFiles.write(output, bytes, ModelCardJson.writeIndented(card));
    return new Result(card, bytes.length);
  }
}
