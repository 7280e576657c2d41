package io.physiowave.training.checkpoint;

import io.physiowave.training.model.ModelWeights;
import io.physiowave.training.model.WeightTensor;
import io.physiowave.training.run.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes {@code .pth} files which {@code torch.load} reads, also with {@code weights_only=True}.
 */
public final class TorchFile {
  private static final String PREFIX = "archive/";

  private TorchFile() {}

  /** Writes a plain state dict: parameter names to tensors. */
  public static void writeStateDict(Path file, ModelWeights weights) throws IOException {
    write(file, stateDict(new PickleOutput(), weights).finish(), weights);
  }

  /**
   * Writes a checkpoint as the published scripts do, with the state dict under {@code
   * model_state_dict}.
   *
   * @param arguments put under {@code args}: texts, numbers, truth values and lists of them
   */
  public static void writeCheckpoint(Path file, ModelWeights weights, Map<String, ?> arguments)
      throws IOException {
    PickleOutput pickle = new PickleOutput().operation('}').operation('(');
    stateDict(pickle.value("model_state_dict"), weights);
    pickle.value("args").value(arguments).operation('u');
    write(file, pickle.finish(), weights);
  }

  private static PickleOutput stateDict(PickleOutput pickle, ModelWeights weights) {
    pickle.emptyOrderedDictionary().operation('(');
    int storage = 0;
    for (Map.Entry<String, WeightTensor> entry : weights.tensors().entrySet()) {
      pickle.value(entry.getKey());
      tensor(pickle, entry.getValue(), storage++);
    }
    return pickle.operation('u');
  }

  private static void tensor(PickleOutput pickle, WeightTensor tensor, int storage) {
    int[] shape = tensor.shape();
    long[] sizes = new long[shape.length];
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      sizes[axis] = shape[axis];
      strides[axis] = stride;
      stride *= Math.max(1, shape[axis]);
    }
    pickle.global("torch._utils", "_rebuild_tensor_v2").operation('(').operation('(');
    pickle.value("storage").global("torch", "FloatStorage").value(Integer.toString(storage));
    pickle.value("cpu").value(tensor.values().length).operation('t').operation('Q');
    pickle.value(0).tuple(sizes).tuple(strides).value(false).emptyOrderedDictionary();
    pickle.operation('t').operation('R');
  }

  private static void write(Path file, byte[] pickle, ModelWeights weights) throws IOException {
    AtomicFile.write(
        file,
        out -> {
          StoredZip zip = new StoredZip(out);
          zip.put(PREFIX + "data.pkl", pickle);
          zip.put(PREFIX + "byteorder", "little".getBytes(StandardCharsets.US_ASCII));
          int storage = 0;
          for (WeightTensor tensor : weights.tensors().values()) {
            zip.put(PREFIX + "data/" + storage++, bytes(tensor));
          }
          zip.put(PREFIX + "version", "3\n".getBytes(StandardCharsets.US_ASCII));
          zip.finish();
        });
  }

  private static byte[] bytes(WeightTensor tensor) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * tensor.values().length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(tensor.values());
    return bytes.array();
  }
}
