package io.physiowave.benchmarks.stream;

import ai.djl.engine.Engine;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.physiowave.benchmarks.platform.ProcessorTime;
import io.physiowave.benchmarks.platform.Rate;
import io.physiowave.connectors.onnx.OnnxEnvironment;
import io.physiowave.core.card.ModelCard;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What ONNX Runtime does with nothing around it: one session, a loop of calls on each thread, full
 * batches of real windows that lie ready in direct buffers.
 */
final class BareSession implements AutoCloseable {
  private static final String PROBABILITIES = "probabilities";

  private final OrtSession.SessionOptions options;
  private final OrtSession session;
  private final ModelCard card;
  private final List<float[]> windows;

  /**
   * Loads a model.
   *
   * @param threadsPerCall as the job's {@code inference.threads}
   * @param windows inputs to use in turns, at least one
   */
  BareSession(String file, ModelCard card, int threadsPerCall, List<float[]> windows)
      throws OrtException {
    this.card = card;
    this.windows = windows;
    OnnxEnvironment.keep();
    // DJL must set up the environment before anyone touches ONNX Runtime directly.
    Engine.getEngine("OnnxRuntime");
    options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(threadsPerCall);
    options.setInterOpNumThreads(1);
    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    session = OrtEnvironment.getEnvironment().createSession(file, options);
  }

  /** Windows a second of some threads for a while, with batches of one size. */
  Rate measure(int threads, int batch, Duration duration) throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      long processor = ProcessorTime.nanos();
      long start = System.nanoTime();
      long end = start + duration.toNanos();
      List<Callable<Long>> loops = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int first = thread;
        loops.add(() -> loop(batch, first, end));
      }
      long count = 0;
      for (Future<Long> loop : pool.invokeAll(loops)) {
        count += loop.get();
      }
      return Rate.of(count, System.nanoTime() - start, ProcessorTime.nanos() - processor);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the model does not run: " + e.getCause().getMessage(), e);
    } finally {
      pool.shutdown();
    }
  }

  private long loop(int batch, int first, long end) throws OrtException {
    FloatBuffer inputs = inputs(batch, first);
    float[] answer = new float[batch * card.labels().size()];
    long[] shape = {batch, card.inputRows(), card.windowSamples()};
    String input = session.getInputNames().iterator().next();
    long count = 0;
    while (System.nanoTime() < end) {
      try (OnnxTensor tensor =
              OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), inputs, shape);
          OrtSession.Result result = session.run(Map.of(input, tensor), Set.of(PROBABILITIES))) {
        ((OnnxTensor) result.get(0)).getFloatBuffer().get(answer);
      }
      count += batch;
    }
    return count;
  }

  private FloatBuffer inputs(int batch, int first) {
    int size = card.inputRows() * card.windowSamples();
    FloatBuffer inputs =
        ByteBuffer.allocateDirect(batch * size * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    for (int i = 0; i < batch; i++) {
      inputs.put(windows.get((first + i) % windows.size()));
    }
    return inputs.flip();
  }

  @Override
  public void close() throws OrtException {
    session.close();
    options.close();
  }
}
