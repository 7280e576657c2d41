package io.physiowave.training.run;

import io.physiowave.training.model.ModelWeights;
import io.physiowave.training.model.WeightTensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** Weights as bytes, exact to the bit. */
public final class WeightBytes {
  private WeightBytes() {}

  public static byte[] write(ModelWeights weights) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(weights.names().size());
      for (Map.Entry<String, WeightTensor> entry : weights.tensors().entrySet()) {
        WeightTensor tensor = entry.getValue();
        out.writeUTF(entry.getKey());
        out.writeInt(tensor.shape().length);
        for (int axis : tensor.shape()) {
          out.writeInt(axis);
        }
        ByteBuffer values = ByteBuffer.allocate(tensor.values().length * Float.BYTES);
        values.asFloatBuffer().put(tensor.values());
        out.write(values.array());
      }
    }
    return bytes.toByteArray();
  }

  public static ModelWeights read(byte[] bytes) throws IOException {
    Map<String, WeightTensor> tensors = new LinkedHashMap<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        String name = in.readUTF();
        int[] shape = new int[in.readInt()];
        int size = 1;
        for (int axis = 0; axis < shape.length; axis++) {
          shape[axis] = in.readInt();
          size *= shape[axis];
        }
        float[] values = new float[size];
        ByteBuffer.wrap(in.readNBytes(size * Float.BYTES)).asFloatBuffer().get(values);
        tensors.put(name, new WeightTensor(shape, values));
      }
    }
    return ModelWeights.of(tensors);
  }
}
