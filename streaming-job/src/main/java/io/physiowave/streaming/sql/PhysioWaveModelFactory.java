package io.physiowave.streaming.sql;

import io.physiowave.streaming.model.ModelFile;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.options.InferenceOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.catalog.ResolvedCatalogModel;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.ModelProviderFactory;
import org.apache.flink.table.ml.ModelProvider;

/**
 * Makes an exported model one of Flink SQL:
 *
 * <pre>{@code
 * CREATE MODEL gestures
 * INPUT (samples ARRAY<ARRAY<FLOAT>>)
 * OUTPUT (label STRING, probability DOUBLE)
 * WITH ('provider' = 'physiowave', 'location' = 's3://models/emg-gestures.onnx');
 *
 * SELECT * FROM ML_PREDICT(TABLE windows, MODEL gestures, DESCRIPTOR(samples));
 * }</pre>
 *
 * <p>The input is one window, {@code [rows][samples]} in the unit and at the rate of the model's
 * card, filtered as the card says; for the output see {@link PredictionColumn}. Options: {@link
 * SqlModelOptions}.
 */
public final class PhysioWaveModelFactory implements ModelProviderFactory {
  /** The provider's name in {@code CREATE MODEL}. */
  public static final String IDENTIFIER = "physiowave";

  @Override
  public String factoryIdentifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(SqlModelOptions.LOCATION);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return SqlModelOptions.OPTIONAL;
  }

  /**
   * Reads the model's card and holds the declared columns against it.
   *
   * @throws org.apache.flink.table.api.ValidationException when a column or option is not one that
   *     the provider knows
   * @throws io.physiowave.streaming.model.ModelRefusedException when the file is not a model with
   *     labels
   */
  @Override
  public ModelProvider createModelProvider(Context context) {
    FactoryUtil.ModelProviderFactoryHelper helper =
        FactoryUtil.createModelProviderFactoryHelper(this, context);
    helper.validate();
    InferenceOptions options = SqlModelOptions.inference(helper.getOptions());
    ResolvedCatalogModel declared = context.getCatalogModel();
    WindowColumn.check(declared.getResolvedInputSchema());
    return new SqlModelProvider(
        new QueryModel(
            served(helper.getOptions().get(SqlModelOptions.LOCATION)),
            options,
            PredictionColumn.of(declared.getResolvedOutputSchema())));
  }

  private static ServedModel served(String location) {
    try {
      return ModelFile.read(location).served();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
