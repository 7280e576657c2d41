package io.physiowave.streaming.doctor;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.CodedOutputStream;
import io.physiowave.connectors.onnx.OnnxEnvironment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;

/** The smallest model that makes a device compute: {@code y = max(x, 0)} for two numbers. */
final class ProbeModel {
  private static final long IR_VERSION = 9;
  private static final long OPSET = 13;
  private static final int FLOAT = 1;
  private static final float[] QUESTION = {-3, 2};
  private static final float[] ANSWER = {0, 2};

  private ProbeModel() {}

  /**
   * Opens a session, runs the model once and looks at what it says.
   *
   * @throws OrtException when the options' device does not work, or computes something else
   */
  static void run(OrtSession.SessionOptions options) throws OrtException {
    OrtEnvironment environment = OnnxEnvironment.get();
    try (OrtSession session = environment.createSession(bytes(), options);
        OnnxTensor question =
            OnnxTensor.createTensor(environment, FloatBuffer.wrap(QUESTION), new long[] {2});
        OrtSession.Result result = session.run(Map.<String, OnnxTensorLike>of("x", question))) {
      float[] answer = (float[]) result.get(0).getValue();
      if (!Arrays.equals(answer, ANSWER)) {
        throw new OrtException("computes " + Arrays.toString(answer) + ", not 0 and 2");
      }
    }
  }

  /** The model as an ONNX file; the numbers are the fields of onnx.proto. */
  static byte[] bytes() {
    return message(
        model -> {
          model.writeInt64(1, IR_VERSION);
          model.writeByteArray(
              7,
              message(
                  graph -> {
                    graph.writeByteArray(1, node());
                    graph.writeString(2, "probe");
                    graph.writeByteArray(11, value("x"));
                    graph.writeByteArray(12, value("y"));
                  }));
          model.writeByteArray(8, message(opset -> opset.writeInt64(2, OPSET)));
        });
  }

  private static byte[] node() {
    return message(
        node -> {
          node.writeString(1, "x");
          node.writeString(2, "y");
          node.writeString(4, "Relu");
        });
  }

  private static byte[] value(String name) {
    byte[] length = message(dimension -> dimension.writeInt64(1, QUESTION.length));
    byte[] shape = message(dimensions -> dimensions.writeByteArray(1, length));
    byte[] tensor =
        message(
            type -> {
              type.writeInt32(1, FLOAT);
              type.writeByteArray(2, shape);
            });
    return message(
        value -> {
          value.writeString(1, name);
          value.writeByteArray(2, message(type -> type.writeByteArray(1, tensor)));
        });
  }

  private interface Fields {
    void write(CodedOutputStream message) throws IOException;
  }

  private static byte[] message(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      fields.write(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
