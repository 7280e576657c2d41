package io.physiowave.training.export;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.physiowave.core.card.ModelCard;
import io.physiowave.core.card.ModelCardJson;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An exported model in ONNX Runtime, for checking and evaluating it. Close it after use. */
public final class OnnxModel implements AutoCloseable {
  private final String source;
  private final OrtSession session;
  private final long[] inputShape;

  private OnnxModel(String source, OrtSession session, long[] inputShape) {
    this.source = source;
    this.session = session;
    this.inputShape = inputShape;
  }

  /**
   * Loads a file.
   *
   * @param threads threads of one operator, 1 or more
   * @throws IOException when the file cannot be read or is not an ONNX model that ONNX Runtime
   *     accepts
   */
  public static OnnxModel load(Path file, int threads) throws IOException {
    return load(Files.readAllBytes(file), file.toString(), threads);
  }

  /**
   * Loads bytes.
   *
   * @param source where they come from, for error messages
   */
  public static OnnxModel load(byte[] bytes, String source, int threads) throws IOException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      OrtSession session = OrtEnvironment.getEnvironment().createSession(bytes, options);
      return new OnnxModel(source, session, inputShape(session, source));
    } catch (OrtException e) {
      throw new IOException(source + ": ONNX Runtime refuses the model: " + e.getMessage(), e);
    }
  }

  private static long[] inputShape(OrtSession session, String source)
      throws OrtException, IOException {
    Map<String, NodeInfo> inputs = session.getInputInfo();
    if (inputs.size() != 1
        || !(inputs.values().iterator().next().getInfo() instanceof TensorInfo info)
        || info.getShape().length != 3) {
      throw new IOException(
          source + ": inputs are " + inputs.keySet() + "; expected one of [batch, channel, time]");
    }
    return info.getShape();
  }

  /** The card in the metadata, if there is one. */
  public Optional<ModelCard> card() throws IOException {
    try {
      return session
          .getMetadata()
          .getCustomMetadataValue(ModelCard.METADATA_KEY)
          .map(json -> ModelCardJson.read(json, source));
    } catch (OrtException e) {
      throw new IOException(source + ": the metadata cannot be read: " + e.getMessage(), e);
    }
  }

  /** Rows of the input. */
  public int inputRows() {
    return (int) inputShape[1];
  }

  /** Samples of the input. */
  public int windowSamples() {
    return (int) inputShape[2];
  }

  /** Name and shape of each input; -1 is the dynamic batch. */
  public Map<String, long[]> inputs() throws IOException {
    try {
      return shapes(session.getInputInfo());
    } catch (OrtException e) {
      throw new IOException(source + ": the inputs cannot be read: " + e.getMessage(), e);
    }
  }

  /** Name and shape of each output; -1 is the dynamic batch. */
  public Map<String, long[]> outputs() throws IOException {
    try {
      return shapes(session.getOutputInfo());
    } catch (OrtException e) {
      throw new IOException(source + ": the outputs cannot be read: " + e.getMessage(), e);
    }
  }

  private static Map<String, long[]> shapes(Map<String, NodeInfo> nodes) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    nodes.forEach(
        (name, node) -> {
          if (node.getInfo() instanceof TensorInfo tensor) {
            shapes.put(name, tensor.getShape());
          }
        });
    return shapes;
  }

  /**
   * Runs a batch.
   *
   * @param windows row-major {@code [batch][inputRows][windowSamples]} in the card's unit; from
   *     position to limit
   * @return the model's answers
   */
  public Answers run(FloatBuffer windows, int batch) throws IOException {
    long[] shape = {batch, inputShape[1], inputShape[2]};
    String input = session.getInputNames().iterator().next();
    try (OnnxTensor tensor =
            OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), windows, shape);
        OrtSession.Result result = session.run(Map.of(input, tensor))) {
      return new Answers(
          values(result, "probabilities"), values(result, "logits"), values(result, "embedding"));
    } catch (OrtException e) {
      throw new IOException(source + ": the model failed: " + e.getMessage(), e);
    }
  }

  private float[] values(OrtSession.Result result, String output) throws IOException {
    if (!(result.get(output).orElse(null) instanceof OnnxTensor tensor)) {
      throw new IOException(
          source
              + ": output '"
              + output
              + "' is missing; expected probabilities, logits, embedding");
    }
    FloatBuffer buffer = tensor.getFloatBuffer();
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(source + ": the session cannot be closed", e);
    }
  }

  /**
   * What a model answers to a batch.
   *
   * @param probabilities row-major {@code [batch][classes]}
   * @param logits row-major {@code [batch][classes]}
   * @param embedding row-major {@code [batch][width]}
   */
  public record Answers(float[] probabilities, float[] logits, float[] embedding) {}
}
