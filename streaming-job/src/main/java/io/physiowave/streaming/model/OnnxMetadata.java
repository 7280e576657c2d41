package io.physiowave.streaming.model;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.Optional;

/**
 * Finds an entry of an ONNX file's metadata without loading the graph, so that a client needs no
 * native library. Field numbers are those of {@code ModelProto.metadata_props} and {@code
 * StringStringEntryProto} in onnx.proto.
 */
final class OnnxMetadata {
  private static final int METADATA_FIELD = 14;
  private static final int KEY_FIELD = 1;
  private static final int VALUE_FIELD = 2;

  private OnnxMetadata() {}

  /**
   * @throws ModelRefusedException when the bytes are not a protobuf message
   */
  static Optional<String> value(byte[] model, String key, String location) {
    CodedInputStream in = CodedInputStream.newInstance(model);
    try {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (WireFormat.getTagFieldNumber(tag) == METADATA_FIELD
            && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
          int limit = in.pushLimit(in.readRawVarint32());
          Optional<String> value = entry(in, key);
          in.popLimit(limit);
          if (value.isPresent()) {
            return value;
          }
        } else {
          in.skipField(tag);
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new ModelRefusedException(location + ": not an ONNX file: " + e.getMessage(), e);
    }
  }

  private static Optional<String> entry(CodedInputStream in, String key) throws IOException {
    String name = "";
    String value = "";
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case KEY_FIELD -> name = in.readStringRequireUtf8();
        case VALUE_FIELD -> value = in.readStringRequireUtf8();
        default -> in.skipField(tag);
      }
    }
    return name.equals(key) ? Optional.of(value) : Optional.empty();
  }
}
