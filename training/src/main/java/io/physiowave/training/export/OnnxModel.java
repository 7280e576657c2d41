package io.physiowave.training.export;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.physiowave.connectors.onnx.OnnxEnvironment;
import io.physiowave.core.card.ModelCard;
import io.physiowave.core.card.ModelCardJson;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** An exported model in ONNX Runtime, for checking and evaluating it. Close it after use. */
public final class OnnxModel implements AutoCloseable {
  private final String source;
  private final OrtSession session;
  private final Map<String, long[]> inputs;

  private OnnxModel(String source, OrtSession session, Map<String, long[]> inputs) {
    this.source = source;
    this.session = session;
    this.inputs = inputs;
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
      OrtSession session = OnnxEnvironment.get().createSession(bytes, options);
      Map<String, long[]> inputs = shapes(session.getInputInfo());
      String other = notFloat(session.getInputInfo());
      if (!other.isEmpty() || inputs.isEmpty()) {
        session.close();
        throw new IOException(
            source + ": the model reads " + other + "; expected float32 [batch, channel, time]");
      }
      for (Map.Entry<String, long[]> input : inputs.entrySet()) {
        if (input.getValue().length != 3) {
          session.close();
          throw new IOException(
              source
                  + ": input '"
                  + input.getKey()
                  + "' has "
                  + input.getValue().length
                  + " axes; expected [batch, channel, time]");
        }
      }
      return new OnnxModel(source, session, inputs);
    } catch (OrtException e) {
      throw new IOException(source + ": ONNX Runtime refuses the model: " + e.getMessage(), e);
    }
  }

  /** The card in the metadata, if there is one. */
  public Optional<ModelCard> card() throws IOException {
    return metadata(ModelCard.METADATA_KEY).map(json -> ModelCardJson.read(json, source));
  }

  /** An entry of the metadata, if there is one of that key. */
  public Optional<String> metadata(String key) throws IOException {
    try {
      return session.getMetadata().getCustomMetadataValue(key);
    } catch (OrtException e) {
      throw new IOException(source + ": the metadata cannot be read: " + e.getMessage(), e);
    }
  }

  /** Rows of the one input. */
  public int inputRows() throws IOException {
    return (int) inputs.get(onlyInput())[1];
  }

  /** Samples of the one input. */
  public int windowSamples() throws IOException {
    return (int) inputs.get(onlyInput())[2];
  }

  /** Name and shape of each input in order; -1 is the dynamic batch. */
  public Map<String, long[]> inputs() {
    return Collections.unmodifiableMap(inputs);
  }

  private String onlyInput() throws IOException {
    if (inputs.size() != 1) {
      throw new IOException(
          source + ": the model reads the signals " + inputs.keySet() + "; expected one alone");
    }
    return inputs.keySet().iterator().next();
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

  /** Names and types of what is no float32 tensor. */
  private static String notFloat(Map<String, NodeInfo> nodes) {
    return nodes.entrySet().stream()
        .filter(
            node ->
                !(node.getValue().getInfo() instanceof TensorInfo tensor)
                    || tensor.type != OnnxJavaType.FLOAT)
        .map(
            node ->
                "'"
                    + node.getKey()
                    + "' of "
                    + (node.getValue().getInfo() instanceof TensorInfo tensor
                        ? tensor.type.toString().toLowerCase(Locale.ROOT)
                        : "no tensor"))
        .collect(Collectors.joining(", "));
  }

  /**
   * Runs a batch of windows of one signal through a model that decides.
   *
   * @param windows row-major {@code [batch][inputRows][windowSamples]} in the card's unit; from
   *     position to limit
   * @return the model's answers
   */
  public Answers run(FloatBuffer windows, int batch) throws IOException {
    Map<String, float[]> outputs = runOnly(windows, batch);
    return new Answers(
        required(outputs, "probabilities"),
        required(outputs, "logits"),
        required(outputs, "embedding"));
  }

  /** As {@link #run(FloatBuffer, int)}, with every output's values, row-major, by name. */
  public Map<String, float[]> runOnly(FloatBuffer windows, int batch) throws IOException {
    return run(Map.of(onlyInput(), windows), batch);
  }

  /**
   * Values that an output has for a window.
   *
   * @throws IOException when there is no such output of shape {@code [batch, values]} and float32
   */
  public int width(String output) throws IOException {
    long[] shape = outputs().get(output);
    if (shape == null || shape.length != 2 || shape[1] < 1 || !isFloat(output)) {
      throw new IOException(
          source
              + ": no output '"
              + output
              + "' of float32 [batch, classes]; the model gives "
              + outputs().keySet());
    }
    return (int) shape[1];
  }

  private boolean isFloat(String output) throws IOException {
    try {
      return session.getOutputInfo().get(output).getInfo() instanceof TensorInfo tensor
          && tensor.type == OnnxJavaType.FLOAT;
    } catch (OrtException e) {
      throw new IOException(source + ": the outputs cannot be read: " + e.getMessage(), e);
    }
  }

  private float[] required(Map<String, float[]> outputs, String name) throws IOException {
    float[] values = outputs.get(name);
    if (values == null) {
      throw new IOException(
          source + ": output '" + name + "' is missing; the model gives " + outputs.keySet());
    }
    return values;
  }

  /**
   * Runs a batch.
   *
   * @param windows of each input, row-major {@code [batch][rows][samples]}; from position to limit
   * @return every output's values, row-major, by name
   */
  public Map<String, float[]> run(Map<String, FloatBuffer> windows, int batch) throws IOException {
    Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, FloatBuffer> entry : windows.entrySet()) {
        long[] shape = inputs.get(entry.getKey()).clone();
        shape[0] = batch;
        tensors.put(
            entry.getKey(),
            OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), entry.getValue(), shape));
      }
      try (OrtSession.Result result = session.run(tensors)) {
        Map<String, float[]> outputs = new LinkedHashMap<>();
        for (Map.Entry<String, OnnxValue> entry : result) {
          if (entry.getValue() instanceof OnnxTensor tensor
              && tensor.getInfo().type == OnnxJavaType.FLOAT) {
            outputs.put(entry.getKey(), values(tensor.getFloatBuffer()));
          }
        }
        return outputs;
      }
    } catch (OrtException e) {
      throw new IOException(source + ": the model failed: " + e.getMessage(), e);
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private static float[] values(FloatBuffer buffer) {
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
