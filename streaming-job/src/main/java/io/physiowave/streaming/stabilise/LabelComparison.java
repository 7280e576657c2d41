package io.physiowave.streaming.stabilise;

import io.physiowave.core.label.ModelReference;
import io.physiowave.streaming.types.RecordType;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/**
 * What two models said about one window.
 *
 * @param serving the model whose label counts
 * @param shadow the model beside it
 * @param agrees whether both gave the same label, UNCLASSIFIABLE included
 */
public record LabelComparison(ModelReference serving, ModelReference shadow, boolean agrees) {
  /** For Flink. */
  public static final TypeInformation<LabelComparison> TYPE =
      new RecordType<>(LabelComparison.class, LabelComparisonSerializer.INSTANCE);

  /** The side output of the stabiliser. */
  public static final OutputTag<LabelComparison> TAG = new OutputTag<>("label-comparisons", TYPE);

  /** Names the pair of models. */
  public String pair() {
    return serving.sha256() + " " + shadow.sha256();
  }
}
