package io.physiowave.training.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.physiowave.core.card.Decision;
import io.physiowave.core.card.Evaluation;
import io.physiowave.core.card.ModelCard;
import io.physiowave.core.card.ModelChannel;
import io.physiowave.core.card.Provenance;
import io.physiowave.core.card.Windowing;
import io.physiowave.core.dsp.FilterSpecification;
import io.physiowave.core.frame.Modality;
import io.physiowave.training.dataset.DatasetDescription;
import io.physiowave.training.model.ModelConfigJson;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a fusion of several signals is and eats; in the ONNX file's metadata under {@link
 * ModelCard#FUSION_METADATA_KEY}. A {@link ModelCard} tells of one signal only.
 *
 * @param schema version of this form
 * @param name the model's name
 * @param version the model's version
 * @param labels class names in the order of the outputs
 * @param signals inputs in order
 * @param decision how probabilities become a label
 * @param opset ONNX opset of the graph
 * @param exportDifference largest absolute difference of a logit to the training engine
 * @param provenance where it comes from
 * @param evaluations figures with the split they were measured on
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FusionCard(
    int schema,
    String name,
    String version,
    List<String> labels,
    List<Signal> signals,
    Decision decision,
    int opset,
    double exportDifference,
    Provenance provenance,
    List<Evaluation> evaluations) {
  /** Copies the lists. */
  public FusionCard {
    labels = List.copyOf(labels);
    signals = List.copyOf(signals);
    evaluations = List.copyOf(evaluations);
  }

  /**
   * One signal; all from {@code modality} on are null when its data set was not described.
   *
   * @param input name of the graph's input, {@code [batch, rows, samples]}
   * @param share of its logits in the mixed ones
   * @param rows of the input
   * @param samples of a window
   * @param normalisation what the graph does to the raw window
   * @param modality kind of signal
   * @param channels signal rows in order
   * @param unit of the input
   * @param sampleRateHz of the input, Hz
   * @param windowing how windows are cut
   * @param filters applied before
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Signal(
      String input,
      double share,
      int rows,
      int samples,
      Map<String, Object> normalisation,
      Modality modality,
      List<ModelChannel> channels,
      String unit,
      Double sampleRateHz,
      Windowing windowing,
      List<FilterSpecification> filters) {

    /** A signal as a fusion's part and its data set, if described, tell of it. */
    static Signal of(
        String input, double share, FusionParts.Signal part, Optional<DatasetDescription> dataset) {
      return new Signal(
          input,
          share,
          part.config().inputRows(),
          part.time(),
          ModelConfigJson.normalisation(part.config()),
          dataset.map(DatasetDescription::modality).orElse(null),
          dataset.map(DatasetDescription::channels).orElse(null),
          dataset.map(DatasetDescription::unit).orElse(null),
          dataset.map(DatasetDescription::sampleRateHz).orElse(null),
          dataset.map(DatasetDescription::windowing).orElse(null),
          dataset.map(DatasetDescription::filters).orElse(null));
    }
  }

  /**
   * Reads a card of this form.
   *
   * @param source where it comes from, for the message
   * @throws IOException when it is none
   */
  public static FusionCard read(String json, String source) throws IOException {
    try {
      return CardJson.MAPPER.readValue(json, FusionCard.class);
    } catch (JsonProcessingException e) {
      throw new IOException(source + ": the card cannot be read: " + e.getOriginalMessage(), e);
    }
  }

  /** The card in text. */
  ModelExport.CardEntry entry() {
    return CardJson.entry(ModelCard.FUSION_METADATA_KEY, this);
  }
}
