package io.physiowave.training.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Values for the few calls that torch's files make. Any other call becomes an inert {@link
 * PickledObject}.
 */
final class PickleCalls {
  private PickleCalls() {}

  static Object call(Object function, Object argumentTuple) {
    if (!(function instanceof GlobalName name)) {
      return new PickledObject(new GlobalName("", String.valueOf(function)), List.of());
    }
    List<?> arguments = argumentTuple instanceof List<?> list ? list : List.of();
    if (name.is("collections", "OrderedDict")) {
      return new LinkedHashMap<>();
    }
    if (name.is("torch._utils", "_rebuild_tensor_v2")
        || name.is("torch._utils", "_rebuild_tensor")) {
      return TensorReference.of(arguments);
    }
    if (name.module().equals("torch._utils") && name.name().startsWith("_rebuild_parameter")) {
      return first(name, arguments);
    }
    if (name.is("_codecs", "encode") && first(name, arguments) instanceof String text) {
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }
    if (name.name().equals("scalar") && isNumpyArrayModule(name.module())) {
      return scalar(name, arguments);
    }
    if (name.name().equals("set") || name.name().equals("frozenset")) {
      return arguments.isEmpty() ? new ArrayList<>() : first(name, arguments);
    }
    return new PickledObject(name, arguments);
  }

  private static boolean isNumpyArrayModule(String module) {
    return module.equals("numpy.core.multiarray") || module.equals("numpy._core.multiarray");
  }

  private static Object first(GlobalName name, List<?> arguments) {
    if (arguments.isEmpty()) {
      throw new PickleException(name + " lacks its argument");
    }
    return arguments.get(0);
  }

  // A NumPy scalar is its type's code, such as f8, and its bytes.
  private static Object scalar(GlobalName name, List<?> arguments) {
    if (arguments.size() == 2
        && arguments.get(0) instanceof PickledObject type
        && !type.arguments().isEmpty()
        && type.arguments().get(0) instanceof String code
        && arguments.get(1) instanceof byte[] bytes) {
      ByteOrder order =
          type.state() instanceof List<?> state && state.size() > 1 && ">".equals(state.get(1))
              ? ByteOrder.BIG_ENDIAN
              : ByteOrder.LITTLE_ENDIAN;
      Object value = number(code, ByteBuffer.wrap(bytes).order(order));
      if (value != null) {
        return value;
      }
    }
    return new PickledObject(name, arguments);
  }

  private static Object number(String code, ByteBuffer bytes) {
    if (code.length() != 2 || bytes.remaining() != code.charAt(1) - '0') {
      return null;
    }
    return switch (code) {
      case "f8" -> bytes.getDouble();
      case "f4" -> (double) bytes.getFloat();
      case "f2" -> (double) HalfFloat.toFloat(bytes.getShort());
      case "i8", "u8" -> bytes.getLong();
      case "i4" -> (long) bytes.getInt();
      case "u4" -> bytes.getInt() & 0xffffffffL;
      case "i2" -> (long) bytes.getShort();
      case "u2" -> bytes.getShort() & 0xffffL;
      case "i1" -> (long) bytes.get();
      case "u1" -> bytes.get() & 0xffL;
      case "b1" -> bytes.get() != 0;
      default -> null;
    };
  }
}
