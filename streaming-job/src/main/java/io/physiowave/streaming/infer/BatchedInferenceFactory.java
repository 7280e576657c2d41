package io.physiowave.streaming.infer;

import io.physiowave.streaming.model.AssignedWindow;
import io.physiowave.streaming.model.ModelCatalogue;
import io.physiowave.streaming.options.InferenceOptions;
import java.time.Duration;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/**
 * Makes the inference station.
 *
 * <pre>{@code
 * windows.transform(
 *     "infer", InferredWindow.TYPE, new BatchedInferenceFactory(models, options.inference()));
 * }</pre>
 */
public final class BatchedInferenceFactory extends AbstractStreamOperatorFactory<InferredWindow>
    implements OneInputStreamOperatorFactory<AssignedWindow, InferredWindow> {
  private static final long serialVersionUID = 1L;

  private final ModelCatalogue models;
  private final InferenceOptions options;
  private final Duration shutdown;

  public BatchedInferenceFactory(ModelCatalogue models, InferenceOptions options) {
    this(models, options, BatchedInference.SHUTDOWN);
  }

  /**
   * For tests.
   *
   * @param shutdown how long a task that ends waits for a call
   */
  BatchedInferenceFactory(ModelCatalogue models, InferenceOptions options, Duration shutdown) {
    this.models = models;
    this.options = options;
    this.shutdown = shutdown;
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public <T extends StreamOperator<InferredWindow>> T createStreamOperator(
      StreamOperatorParameters<InferredWindow> parameters) {
    return (T) new BatchedInference(parameters, models, options, shutdown);
  }

  @Override
  @SuppressWarnings("rawtypes")
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return BatchedInference.class;
  }
}
